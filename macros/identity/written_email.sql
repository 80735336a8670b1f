{# An e-mail address as it is compared: no space or invisible character, lower case, NFC. It may
   still be none: email_problem says so. Look-alike letters of other scripts stay what they are. #}
{% macro written_email(expr) -%}
    nullif({{ nfc('lower(' ~ strip_invisible(expr) ~ ')') }}, '')
{%- endmacro %}
