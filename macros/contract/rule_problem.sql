{# What to say of a row that breaks a declared rule which does not say it itself. #}
{% macro rule_problem(rule) -%}
    {{ return(rule.field ~ {
        'required': ' is missing',
        'format': ' is not written as it must be',
        'range': ' is outside of what is possible',
        'allowed_values': ' is none of the allowed values',
        'unique': ' stands at several records of the system',
        'reference': ' names a record that stands in no export',
    }[rule.type]) }}
{%- endmacro %}
