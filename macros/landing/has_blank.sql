{# Condition: one of several texts of a row may be blank; where it does not hold, none is. They are looked
   at as one text, and letters of either case are spelled out: a pattern that ignores case takes half as
   long again, and every row is looked at. #}
{% macro has_blank(texts) -%}
    {%- set signs = [] -%}
    {%- for sign in blank_pattern() -%}
        {%- do signs.append(sign if sign == sign | upper else '[' ~ sign ~ sign | upper ~ ']') -%}
    {%- endfor -%}
    {%- set between = row_text_separator() | replace('\\', '\\\\') -%}
    {%- if not texts -%}
        false
    {%- else -%}
        {{ regex_matches(
            joined_text(texts, row_text_separator()),
            '(^|' ~ between ~ ')' ~ signs | join ~ '(' ~ between ~ '|$)'
        ) }}
    {%- endif -%}
{%- endmacro %}
