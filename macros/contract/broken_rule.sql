{# When a value breaks a declared rule, as an SQL condition; null, so not broken, for no value where
   the rule is not that there must be one. `type` is the column's, to write the ends of a range. #}
{% macro broken_rule(rule, column, type) -%}
    {%- set conditions = [] -%}
    {%- if rule.get('when') -%}{%- do conditions.append('(' ~ rule.when ~ ')') -%}{%- endif -%}
    {%- if rule.type == 'required' -%}
        {%- do conditions.append(column ~ ' is null') -%}
    {%- elif rule.type == 'format' -%}
        {%- do conditions.append('not ' ~ regex_matches(column, rule.format)) -%}
    {%- elif rule.type == 'allowed_values' -%}
        {%- set values = [] -%}
        {%- for value in rule.allowed_values -%}{%- do values.append(text_literal(value)) -%}{%- endfor -%}
        {%- do conditions.append(column ~ ' not in (' ~ values | join(', ') ~ ')') -%}
    {%- elif rule.type == 'range' -%}
        {%- set ends = [] -%}
        {%- for sign, end in [('<', rule.range[0]), ('>', rule.range[1])] if end is not none -%}
            {%- do ends.append(column ~ ' ' ~ sign ~ " cast('" ~ end ~ "' as " ~ type ~ ')') -%}
        {%- endfor -%}
        {%- do conditions.append('(' ~ ends | join(' or ') ~ ')') -%}
    {%- elif rule.type == 'unique' -%}
        {%- do conditions.append(rule.mark ~ '_value is not null') -%}
    {%- elif rule.type == 'reference' -%}
        {%- do conditions.append(column ~ ' is not null and ' ~ rule.mark ~ '_value is null') -%}
    {%- endif -%}
    {{ return(conditions | join(' and ')) }}
{%- endmacro %}
