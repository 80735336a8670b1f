{# Select of the rows of policy_match_threshold that are in force: switched on, and on a lawful basis. #}
{% macro match_active() -%}
    select decision, min_probability, min_bits_besides_names, is_across_systems_only
    from {{ ref('policy_match_threshold') }} as policy
    where is_on and nullif(trim(lawful_basis), '') is not null and {{ in_force('policy') }}
{%- endmacro %}
