{# A vendor's word for a stage as the policy lists it: lower case without spaces, dashes, underscores. #}
{% macro stage_word(expr) -%}
    lower({{ regex_replace(expr, '[^0-9A-Za-z]', '') }})
{%- endmacro %}
