{# True for a text that may be a telephone number: 7 to 15 digits, whatever stands between them, and
   never seven zeros in a row. Asks the text itself, which is much cheaper than to take its digits out. #}
{% macro is_phone(expr) -%}
    ({{ regex_matches(expr, '^[^0-9]*([0-9][^0-9]*){7,15}$') }}
        and not {{ regex_matches(expr, '(0[^0-9]*){7}') }})
{%- endmacro %}
