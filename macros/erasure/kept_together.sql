{# Query: decisions that put the records of one person together whose identifiers went: what joined them
   is no longer known. The CTE `overrides` has what people decided, which stands before it. #}
{% macro kept_together() -%}
    {%- set records = ref('int_person__checked') -%}
    {%- if 'identifiers' in erasure_scopes() -%}
    select
        kept.request_id || ':' || cast(kept.number as {{ dbt.type_string() }}) as override_id,
        'force_merge' as action,
        kept.record_key as record_a,
        kept.first_record_key as record_b
    from (
        select
            noted.request_id,
            known.record_key,
            min(known.record_key) over (partition by noted.request_id) as first_record_key,
            row_number() over (partition by noted.request_id order by known.record_key) as number
        from (select distinct record_key from {{ records }} where is_current) as known
        inner join ({{ anonymised_records() }}) as noted
            on {{ keyed_hash('known.record_key', 'erasure') }} = noted.id_hash
        where known.record_key not in (
            select apart.record_a from overrides as apart
            where apart.action <> 'force_merge'
            union all
            select apart.record_b from overrides as apart
            where apart.action <> 'force_merge' and apart.record_b is not null
        )
    ) as kept
    where kept.number > 1
    {%- else -%}
    select override_id, action, record_a, record_b from overrides
    where 1 = 0
    {%- endif -%}
{%- endmacro %}
