{# A medium as it is compared: the spellings of e-mail are one word. #}
{% macro medium_word(expr) -%}
    {%- set word = touch_word(expr) -%}
    case when {{ word }} in ('e-mail', 'e_mail', 'e mail', 'mail', 'newsletter') then 'email'
        else {{ word }}
    end
{%- endmacro %}
