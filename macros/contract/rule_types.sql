{# The types of rules that a field may declare: the key in YAML, and the last word of the reason. #}
{% macro rule_types() -%}
    {{ return({
        'required': 'missing',
        'format': 'malformed',
        'range': 'out_of_range',
        'allowed_values': 'not_allowed',
        'unique': 'not_unique',
        'reference': 'unknown',
    }) }}
{%- endmacro %}
