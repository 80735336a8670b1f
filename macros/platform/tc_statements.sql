{#- What a TC string states, as text (see cdm.tcf), also of the vendors whose numbers are given. On
    DuckDB the session knows the function from cdm.duckdb_plugin: tables may use it, views may not.
    Elsewhere a TC string stops the build rather than that its denials are lost. -#}
{% macro tc_statements(expr, vendors) %}
    {{- return(adapter.dispatch('tc_statements', 'customer_data_model')(expr, vendors)) -}}
{% endmacro %}

{% macro default__tc_statements(expr, vendors) -%}
    case when {{ expr }} is not null then cast(1 / 0 as {{ dbt.type_string() }}) end
{%- endmacro %}

{% macro duckdb__tc_statements(expr, vendors) -%}
    cdm_tc_statements({{ expr }}, '{{ vendors | join(' ') }}')
{%- endmacro %}
