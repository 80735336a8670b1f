{# What stands between the values of a row in its row_text. #}
{% macro row_text_separator() -%}
    {{ return('\\x1f') }}
{%- endmacro %}
