{# A first name as it is compared: lower case, without accents and titles, its first word only. #}
{% macro given_name(expr) -%}
    {{ regex_extract(
        regex_replace(
            strip_accents('lower(trim(' ~ nfc(expr) ~ '))'),
            '^((dr|prof|mr|mrs|ms|herr|frau)[. ]+)+', ''
        ), '^([^ .,]+)'
    ) }}
{%- endmacro %}
