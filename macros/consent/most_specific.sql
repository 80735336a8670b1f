{# Aggregate: of the policy rows that fit, the value of the one that is named most closely. The first
   key weighs more than the second; a key of `*` fits everything and weighs nothing. #}
{% macro most_specific(value, first_key, second_key=none) -%}
    substr(max(
        case when {{ first_key }} = '*' then '0' else '1' end
        || {% if second_key %}case when {{ second_key }} = '*' then '0' else '1' end{% else %}'0'{% endif %}
        || {{ value }}
    ), 3)
{%- endmacro %}
