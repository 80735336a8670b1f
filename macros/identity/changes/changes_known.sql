{# The fingerprints that the last build worked through, of records as the rules of today see them. They are
   null where that build did not come to its end, a table that carries rows is missing or a rule was changed:
   then all is looked at. Reads the CTE `rules`. #}
{% macro changes_known() -%}
    {%- set missing = [] -%}
    {%- if execute -%}
        {%- for name, columns in carried_models().items() if as_last_built(name, columns) is none -%}
            {%- do missing.append(name) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- if is_incremental() and not missing -%}
    select
        changes.record_key,
        case
            when unfinished.pending_count = 0 and changes.rules = rules.fingerprint
                then changes.fingerprint
        end as fingerprint
    from {{ this }} as changes
    cross join rules
    cross join (
        select count(*) as pending_count from {{ this }}
        where is_pending
    ) as unfinished
    {%- elif is_incremental() -%}
    select record_key, cast(null as {{ dbt.type_bigint() }}) as fingerprint
    from {{ this }}
    {%- else -%}
    select
        cast(null as {{ dbt.type_string() }}) as record_key,
        cast(null as {{ dbt.type_bigint() }}) as fingerprint
    where 1 = 0
    {%- endif -%}
{%- endmacro %}
