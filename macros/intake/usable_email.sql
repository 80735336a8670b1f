{# An e-mail address fit to be stored as a contact point: trimmed and lower case; null if it is none. #}
{% macro usable_email(expr) -%}
    case when {{ regex_matches('trim(' ~ expr ~ ')', '^[^@ ]+@[^@ ]+[.][^@ .]+$') }}
        then lower(trim({{ expr }}))
    end
{%- endmacro %}
