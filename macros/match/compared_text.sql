{# A text as it is compared: lower case, plain letters and digits only; null where none is left. #}
{% macro compared_text(expr) -%}
    nullif({{ regex_replace(folded_letters('lower(' ~ nfc(expr) ~ ')'), '[ !-/:-@\\[-`{-~]+', '') }}, '')
{%- endmacro %}
