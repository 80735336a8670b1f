{# A declared rule in words. #}
{% macro rule_text(rule) -%}
    {%- set words = {
        'required': 'there is a value',
        'format': 'the text fits ' ~ rule.get('format'),
        'range': 'at least ' ~ (rule.get('range') or [none])[0] ~ ', at most ' ~ (rule.get('range') or [none])[-1],
        'allowed_values': 'one of ' ~ (rule.get('allowed_values') or []) | join(', '),
        'unique': 'no two records of a system share the value',
        'reference': 'names a known ' ~ rule.get('reference'),
    } -%}
    {{ return((words[rule.type] ~ (', when ' ~ rule.when if rule.get('when') else ''))
        | replace('at least None, ', '') | replace(', at most None', '')) }}
{%- endmacro %}
