{#- One group of the first match; null without a match or when the group is empty. -#}
{% macro regex_extract(expr, pattern, group=1) %}
    {{- return(adapter.dispatch('regex_extract', 'customer_data_model')(expr, pattern, group)) -}}
{% endmacro %}

{% macro default__regex_extract(expr, pattern, group) -%}
    nullif(regexp_extract({{ expr }}, {{ text_literal(pattern) }}, {{ group }}), '')
{%- endmacro %}

{% macro postgres__regex_extract(expr, pattern, group) -%}
    nullif(regexp_substr({{ expr }}, {{ text_literal(pattern) }}, 1, 1, '', {{ group }}), '')
{%- endmacro %}
