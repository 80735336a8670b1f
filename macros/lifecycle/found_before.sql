{# What our definitions said up to the last build, as a CTE body: what this memory holds, and what
   canonical.stage_assertion as that build left it says of those that had a say. It is read as a table,
   since it reads this memory itself. What was found late is not part of it. #}
{% macro found_before() -%}
    {%- set said = load_relation(api.Relation.create(
        database=target.database, schema='canonical', identifier='stage_assertion', type='table'
    )) if execute -%}
    {%- if said and has_columns(said, ['_record_key']) %}
    select
        _record_key as record_key, definition_id, definition_version, stage,
        asserted_at as qualified_at, _source_record_id as trigger_id,
        not_counted_because is null as has_moved
    from {{ said }}
    where _source_system = 'definition'
        and coalesce(not_counted_because, '') not in ('no_authority', 'found_late')
    {%- else %}
    select
        cast(null as {{ dbt.type_string() }}) as record_key,
        cast(null as {{ dbt.type_string() }}) as definition_id,
        cast(null as {{ dbt.type_int() }}) as definition_version,
        cast(null as {{ dbt.type_string() }}) as stage,
        cast(null as {{ dbt.type_timestamp() }}) as qualified_at,
        cast(null as {{ dbt.type_string() }}) as trigger_id,
        false as has_moved
    where 1 = 0
    {%- endif %}
    {%- if is_incremental() %}
    union all
    select
        record_key, definition_id, definition_version, stage, qualified_at, trigger_id, has_moved
    from {{ this }}
    {%- endif %}
{%- endmacro %}
