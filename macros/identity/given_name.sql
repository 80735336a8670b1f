{# A first name as it is compared: its first word, in lower case, without a title, and with accents
   and their spellings in two letters gone, so that Søren, Soeren and Soren are one. #}
{% macro given_name(expr) -%}
    {{ regex_extract(folded_letters(
        regex_replace('lower(trim(' ~ nfc(expr) ~ '))', '^((dr|prof|mr|mrs|ms|herr|frau)[. ]+)+', '')
    ), '^([^ .,]+)') }}
{%- endmacro %}
