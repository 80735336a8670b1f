{# True where two firms' names (company_name_key) may be one: one begins the other at a word's end, or
   they are two slips apart at most in a name of eight letters or more. Numbers are no slips. #}
{% macro company_names_alike(left, right) -%}
    (
        {{ left }} || ' ' = substr({{ right }}, 1, length({{ left }}) + 1)
        or {{ right }} || ' ' = substr({{ left }}, 1, length({{ right }}) + 1)
        or (
            length({{ left }}) >= 8
            and length({{ right }}) >= 8
            and {{ levenshtein(left, right) }} <= 2
            and {{ regex_replace(left, '[^0-9]', '') }} = {{ regex_replace(right, '[^0-9]', '') }}
        )
    )
{%- endmacro %}
