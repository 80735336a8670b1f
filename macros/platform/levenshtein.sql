{#- Edit distance of two texts. Strip accents first: DuckDB counts bytes. -#}
{% macro levenshtein(left, right) %}
    {{- return(adapter.dispatch('levenshtein', 'customer_data_model')(left, right)) -}}
{% endmacro %}

{% macro default__levenshtein(left, right) -%}
    levenshtein({{ left }}, {{ right }})
{%- endmacro %}
