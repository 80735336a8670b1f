{# The kind of a contact point in canonical words: email, phone or cookie; email where none is said. #}
{% macro contact_point_type(expr) -%}
    case
        when {{ regex_matches('lower(' ~ expr ~ ')', 'phone|mobile|sms|tel|whatsapp') }} then 'phone'
        when {{ regex_matches('lower(' ~ expr ~ ')', 'cookie|device|browser') }} then 'cookie'
        else 'email'
    end
{%- endmacro %}
