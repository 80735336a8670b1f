{# A contact point as it is compared: an address in lower case without spaces, else the text. #}
{% macro contact_point_key(expr) -%}
    nullif(lower({{ regex_replace(expr, '[[:space:]]', '') }}), '')
{%- endmacro %}
