{# A UTM value as it is compared: lower case, decoded, + as a space, one space for many of any kind,
   trimmed; a tracker's word for "none" is null. #}
{% macro touch_word(expr) -%}
    {%- set decoded = url_decoded("replace(" ~ expr ~ ", '+', ' ')") -%}
    nullif(nullif(nullif(nullif(nullif(
        trim({{ regex_replace('lower(' ~ decoded ~ ')', '[[:space:]\\x{a0}]+', ' ') }}),
    ''), '(not set)'), '(none)'), '(direct)'), '(not provided)')
{%- endmacro %}
