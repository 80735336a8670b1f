{# Aggregate: true where the join with waivers_in_force() found one. #}
{% macro waived(waivers) -%}
    count({{ waivers }}.rule_id) > 0
{%- endmacro %}
