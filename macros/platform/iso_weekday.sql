{#- The day of the week from 1 (Monday) to 7 (Sunday). -#}
{% macro iso_weekday(expr) %}
    {{- return(adapter.dispatch('iso_weekday', 'customer_data_model')(expr)) -}}
{% endmacro %}

{% macro default__iso_weekday(expr) -%}
    cast(extract(isodow from {{ expr }}) as {{ dbt.type_int() }})
{%- endmacro %}

{% macro spark__iso_weekday(expr) -%}
    (weekday({{ expr }}) + 1)
{%- endmacro %}
