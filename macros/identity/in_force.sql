{# True for a policy row that holds at the run's as-of day: valid_to is the first day it does not. #}
{% macro in_force(policy) -%}
    (
        cast({{ policy }}.valid_from as date) <= cast({{ as_of() }} as date)
        and (
            {{ policy }}.valid_to is null
            or cast({{ as_of() }} as date) < cast({{ policy }}.valid_to as date)
        )
    )
{%- endmacro %}
