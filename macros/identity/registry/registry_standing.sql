{# The registry as the last build left it; empty before the first. Read as {{ this }} by the registry
   model alone, which is never dropped: a person's id depends on its history. #}
{% macro registry_standing() -%}
    {%- if is_incremental() -%}
    select record_key, person_id, from_run, from_at, to_run, to_at
    from {{ this }}
    {%- else -%}
    select
        cast(null as {{ dbt.type_string() }}) as record_key,
        cast(null as {{ dbt.type_string() }}) as person_id,
        cast(null as {{ dbt.type_int() }}) as from_run,
        cast(null as {{ dbt.type_timestamp() }}) as from_at,
        cast(null as {{ dbt.type_int() }}) as to_run,
        cast(null as {{ dbt.type_timestamp() }}) as to_at
    where 1 = 0
    {%- endif -%}
{%- endmacro %}
