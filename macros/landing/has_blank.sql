{# Condition: a value of a row_text may be blank; where it does not hold, none is. #}
{% macro has_blank(row_text) -%}
    {{ regex_matches(
        row_text, '(?i)=' ~ blank_pattern() ~ '(' ~ row_text_separator() | replace('\\', '\\\\') ~ '|$)'
    ) }}
{%- endmacro %}
