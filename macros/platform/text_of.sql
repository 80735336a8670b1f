{#- The text of one member of what json_texts gave, the first where it is repeated; null when absent. -#}
{% macro text_of(texts, name) %}
    {{- return(adapter.dispatch('text_of', 'customer_data_model')(texts, name)) -}}
{% endmacro %}

{% macro default__text_of(texts, name) -%}
    {{ json_text(texts, name) }}
{%- endmacro %}

{% macro duckdb__text_of(texts, name) -%}
    ({{ texts }})."{{ name }}"
{%- endmacro %}
