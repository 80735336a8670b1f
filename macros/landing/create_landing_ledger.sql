{# Run once before a build: the table of landed files, so that appended objects know what is new. #}
{% macro create_landing_ledger() -%}
    {%- if execute -%}
        {%- do adapter.create_schema(landing_ledger()) -%}
        create table if not exists {{ landing_ledger() }} (
            connector {{ dbt.type_string() }},
            source_object {{ dbt.type_string() }},
            file_name {{ dbt.type_string() }},
            fingerprint {{ dbt.type_string() }},
            landing {{ dbt.type_int() }}
        )
    {%- endif -%}
{%- endmacro %}
