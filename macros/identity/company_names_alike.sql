{# True where two firms' names may be one: one begins the other at a word's end, or they are two slips
   apart at most in a name of eight letters or more. Numbers are no slips. Both sides are aliases with
   name_key (company_name_key) and its name_digits, taken out once a row and not once a pair. #}
{% macro company_names_alike(left, right) -%}
    (
        {{ left }}.name_key || ' ' = substr({{ right }}.name_key, 1, length({{ left }}.name_key) + 1)
        or {{ right }}.name_key || ' ' = substr({{ left }}.name_key, 1, length({{ right }}.name_key) + 1)
        or (
            length({{ left }}.name_key) >= 8
            and length({{ right }}.name_key) >= 8
            and {{ left }}.name_digits = {{ right }}.name_digits
            and {{ levenshtein(left ~ '.name_key', right ~ '.name_key') }} <= 2
        )
    )
{%- endmacro %}
