{# The fingerprints that the last build worked through. They are null, and so differ from any other, where
   that build did not come to its end or a table that carries rows is missing: then all is looked at. #}
{% macro changes_known() -%}
    {%- set missing = [] -%}
    {%- if execute -%}
        {%- for name, columns in carried_models().items() if as_last_built(name, columns) is none -%}
            {%- do missing.append(name) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- if is_incremental() -%}
    select
        known.record_key,
        {%- if missing %}
        cast(null as {{ dbt.type_bigint() }}) as fingerprint
        {%- else %}
        case when unfinished.pending_count = 0 then known.fingerprint end as fingerprint
        {%- endif %}
    from {{ this }} as known
    cross join (
        select count(*) as pending_count from {{ this }}
        where is_pending
    ) as unfinished
    {%- else -%}
    select
        cast(null as {{ dbt.type_string() }}) as record_key,
        cast(null as {{ dbt.type_bigint() }}) as fingerprint
    where 1 = 0
    {%- endif -%}
{%- endmacro %}
