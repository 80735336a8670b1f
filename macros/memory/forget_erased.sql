{# Run after a memory of rows about people: takes out those of people who were erased. `kinds` says by
   which kind of identifier which column names somebody, `born_at` when a row came to be. #}
{% macro forget_erased(kinds, born_at) -%}
    {%- if execute and run_query('select count(*) from ' ~ erasure_ledger('identifier')).rows[0][0] -%}
    {%- set start = "cast('1970-01-01' as " ~ dbt.type_timestamp() ~ ")" -%}
    delete from {{ this }}
    where false
        {%- for column, kind in kinds.items() %}
        or {{ erased_value(kind, column, 'source_system', 'coalesce(' ~ born_at ~ ', ' ~ start ~ ')') }}
        {%- endfor %}
    {%- endif -%}
{%- endmacro %}
