{# True where a row of periods, from valid_from to valid_to, holds at a moment. #}
{% macro holds_at(periods, moment) -%}
    (
        {{ periods }}.valid_from <= {{ moment }}
        and {{ moment }} < coalesce(
            {{ periods }}.valid_to, cast('9999-12-31' as {{ dbt.type_timestamp() }})
        )
    )
{%- endmacro %}
