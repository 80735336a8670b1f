{# A UTM value as it is compared: lower case, decoded, + as a space, trimmed; a tracker's word for
   "none" is null. #}
{% macro touch_word(expr) -%}
    nullif(nullif(nullif(nullif(nullif(
        trim(lower({{ url_decoded("replace(" ~ expr ~ ", '+', ' ')") }})),
    ''), '(not set)'), '(none)'), '(direct)'), '(not provided)')
{%- endmacro %}
