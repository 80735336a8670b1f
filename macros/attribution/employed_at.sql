{# True where a row of `employers` holds at a moment. #}
{% macro employed_at(employers, moment) -%}
    (
        {{ employers }}.valid_from <= {{ moment }}
        and {{ moment }} < coalesce(
            {{ employers }}.valid_to, cast('9999-12-31' as {{ dbt.type_timestamp() }})
        )
    )
{%- endmacro %}
