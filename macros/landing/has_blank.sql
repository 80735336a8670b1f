{# Condition: a value of a row_text may be blank; where it does not hold, none is. Letters of either case are
   spelled out: a pattern that ignores case takes half as long again, and every row is looked at. #}
{% macro has_blank(row_text) -%}
    {%- set signs = [] -%}
    {%- for sign in blank_pattern() -%}
        {%- do signs.append(sign if sign == sign | upper else '[' ~ sign ~ sign | upper ~ ']') -%}
    {%- endfor -%}
    {{ regex_matches(
        row_text,
        '=' ~ signs | join ~ '(' ~ row_text_separator() | replace('\\', '\\\\') ~ '|$)'
    ) }}
{%- endmacro %}
