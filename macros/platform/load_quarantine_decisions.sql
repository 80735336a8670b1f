{# Run once before a build: puts the stewards' decisions where intake looks for them. On DuckDB they
   stand in a file beside the warehouse, which no failed build takes back; elsewhere in this table. #}
{% macro load_quarantine_decisions() -%}
    {{ return(adapter.dispatch('load_quarantine_decisions', 'customer_data_model')()) }}
{%- endmacro %}

{% macro default__load_quarantine_decisions() -%}
    create table if not exists {{ quarantine_decisions() }} (
        quarantine_id {{ dbt.type_string() }},
        decision {{ dbt.type_string() }},
        reason_codes {{ dbt.type_string() }},
        decided_by {{ dbt.type_string() }},
        decided_at {{ dbt.type_timestamp() }}
    )
{%- endmacro %}

{% macro duckdb__load_quarantine_decisions() -%}
    {%- if execute -%}
        {%- set file = text_literal(env_var('CDM_WAREHOUSE', 'warehouse') ~ '/ledger/quarantine.jsonl') -%}
        {%- if run_query('select count(*) from glob(' ~ file ~ ')').rows[0][0] -%}
            create or replace table {{ quarantine_decisions() }} as
            select quarantine_id, decision, reason_codes, decided_by, decided_at
            from (
                select *, row_number() over (partition by quarantine_id order by number desc) as place
                from read_json({{ file }}, format = 'newline_delimited', columns = {
                    quarantine_id: 'varchar', decision: 'varchar', reason_codes: 'varchar',
                    decided_by: 'varchar', decided_at: 'timestamp', number: 'bigint'
                })
            )
            where place = 1
        {%- else -%}
            {{ customer_data_model.default__load_quarantine_decisions() }}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
