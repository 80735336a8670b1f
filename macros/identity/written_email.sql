{# An e-mail address as it is compared: no space or invisible character, lower case, NFC, out of the
   brackets or the link it may stand in (<mailto:…>). It may still be none: email_problem says so.
   Look-alike letters of other scripts stay what they are. #}
{% macro written_email(expr) -%}
    nullif({{ regex_replace(
        nfc('lower(' ~ strip_invisible(expr) ~ ')'),
        '^(<mailto:|mailto:|<)([^<>?]*)([?][^<>]*)?>?$', '\\2'
    ) }}, '')
{%- endmacro %}
