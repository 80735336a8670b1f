{# The waivers that hold on the day of the build, as a CTE body. #}
{% macro waivers_in_force() -%}
    select rule_id, scope
    from {{ ref('policy_waiver') }} as policy
    where {{ in_force('policy') }}
{%- endmacro %}
