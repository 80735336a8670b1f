{#- A telephone number in the form of E.164, read in a country (ISO code or ''); null where it is not
    valid. On DuckDB the session knows the function from cdm.duckdb_plugin: tables may use it, views
    may not, since a client that opens the file does not know it. -#}
{% macro phone_e164(expr, country) %}
    {{- return(adapter.dispatch('phone_e164', 'customer_data_model')(expr, country)) -}}
{% endmacro %}

{% macro default__phone_e164(expr, country) -%}
    cast(null as {{ dbt.type_string() }})
{%- endmacro %}

{% macro duckdb__phone_e164(expr, country) -%}
    cdm_phone_e164({{ expr }}, {{ country }})
{%- endmacro %}
