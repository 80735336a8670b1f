{# dbt's own macro: the columns of a table with a contract, as its definition lists them. #}
{% macro get_table_columns_and_constraints() -%}
    {{ return(adapter.dispatch('get_table_columns_and_constraints', 'dbt')()) }}
{%- endmacro %}

{# On DuckDB with how they are packed. #}
{% macro duckdb__get_table_columns_and_constraints() -%}
    {%- set packed, defined = packing(), [] -%}
    {%- for column in adapter.render_raw_columns_constraints(raw_columns=model.columns) -%}
        {%- set name = column.split(' ')[0] -%}
        {%- do defined.append(
            column ~ (' using compression ' ~ packed[name] if name in packed else '')
        ) -%}
    {%- endfor -%}
    {%- do defined.extend(adapter.render_raw_model_constraints(raw_constraints=model.constraints)) -%}
    ({{ defined | join(', ') }})
{%- endmacro %}
