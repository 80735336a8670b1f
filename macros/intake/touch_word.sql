{# A UTM value as it is compared: lower case, %20 and + as spaces, trimmed; a tracker's word for
   "none" is null. #}
{% macro touch_word(expr) -%}
    nullif(nullif(nullif(nullif(nullif(
        trim(lower(replace(replace({{ expr }}, '%20', ' '), '+', ' '))),
    ''), '(not set)'), '(none)'), '(direct)'), '(not provided)')
{%- endmacro %}
