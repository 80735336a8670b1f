{# The channel of a statement about consent: the spellings of e-mail are one. #}
{% macro consent_channel(expr) -%}
    case
        when {{ regex_replace('lower(' ~ expr ~ ')', '[^a-z]', '') }} in ('email', 'mail', 'newsletter') then 'email'
        else lower(trim({{ expr }}))
    end
{%- endmacro %}
