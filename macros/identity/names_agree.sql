{# True where two bearers' first names may be one person's: equal, one begins the other (initials,
   short forms), a slip of the keyboard apart, or first and last name changed places. #}
{% macro names_agree(left, right) -%}
    (
        {{ left }}.given_name = {{ right }}.given_name
        or {{ left }}.given_name = substr({{ right }}.given_name, 1, length({{ left }}.given_name))
        or {{ right }}.given_name = substr({{ left }}.given_name, 1, length({{ right }}.given_name))
        or (
            length({{ left }}.given_name) >= 4
            and length({{ right }}.given_name) >= 4
            and {{ levenshtein(left ~ '.given_name', right ~ '.given_name') }} <= 1
        )
        or (
            length({{ left }}.given_name) >= 7
            and length({{ right }}.given_name) >= 7
            and {{ levenshtein(left ~ '.given_name', right ~ '.given_name') }} <= 2
        )
        or (
            {{ left }}.given_name = {{ right }}.last_name
            and {{ left }}.last_name = {{ right }}.given_name
        )
    )
{%- endmacro %}
