{# True for a policy row that held on the day of a moment, whatever the day of the build. #}
{% macro in_force_at(policy, moment) -%}
    (
        cast({{ policy }}.valid_from as date) <= cast({{ moment }} as date)
        and (
            {{ policy }}.valid_to is null
            or cast({{ moment }} as date) < cast({{ policy }}.valid_to as date)
        )
    )
{%- endmacro %}
