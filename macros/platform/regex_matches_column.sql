{#- True where a text matches the pattern that stands in another column; the search is unanchored. -#}
{% macro regex_matches_column(expr, pattern) %}
    {{- return(adapter.dispatch('regex_matches_column', 'customer_data_model')(expr, pattern)) -}}
{% endmacro %}

{% macro default__regex_matches_column(expr, pattern) -%}
    regexp_matches({{ expr }}, {{ pattern }})
{%- endmacro %}

{% macro postgres__regex_matches_column(expr, pattern) -%}
    ({{ expr }} ~ {{ pattern }})
{%- endmacro %}

{% macro spark__regex_matches_column(expr, pattern) -%}
    ({{ expr }} rlike {{ pattern }})
{%- endmacro %}
