{#- A text with its percent signs decoded as in web addresses; as it is where they are none. -#}
{% macro url_decoded(expr) %}
    {{- return(adapter.dispatch('url_decoded', 'customer_data_model')(expr)) -}}
{% endmacro %}

{#- Spaces only, which is what tags hold most. -#}
{% macro default__url_decoded(expr) -%}
    replace({{ expr }}, '%20', ' ')
{%- endmacro %}

{#- Bytes that are no UTF-8 are an error in url_decode. -#}
{% macro duckdb__url_decoded(expr) -%}
    coalesce(try(url_decode({{ expr }})), {{ expr }})
{%- endmacro %}
