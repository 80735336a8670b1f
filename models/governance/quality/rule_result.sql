-- Grain: one rule of intake and one raw object whose rows it judged.
with placed as (
    select * from {{ ref('int_row__placed') }}
),

rules as (
    select * from {{ ref('contract_rule') }}
    where stage = 'intake' and enforced_by like 'int_%'
),

judged as (
    select connector, source_object, entity, count(*) as row_count
    from placed
    group by connector, source_object, entity
),

with_reasons as (
    select connector, source_object, entity, disposition, reason_codes
    from placed
    where reason_codes is not null and disposition <> 'duplicate'
),

parts as (
    {{ split_rows('with_reasons', 'reason_codes', ';') }}
),

hits as (
    select
        connector,
        source_object,
        part as rule_id,
        count(*) as hit_count,
        sum(case when disposition = 'quarantined' then 1 else 0 end) as held_count
    from parts
    group by connector, source_object, part
)

select
    rules.rule_id,
    judged.connector,
    judged.source_object,
    rules.severity,
    cast(judged.row_count as {{ dbt.type_bigint() }}) as row_count,
    cast(coalesce(hits.hit_count, 0) as {{ dbt.type_bigint() }}) as hit_count,
    cast(coalesce(hits.held_count, 0) as {{ dbt.type_bigint() }}) as held_count,
    1.0 * coalesce(hits.hit_count, 0) / judged.row_count as hit_share,
    coalesce(hits.hit_count, 0) > 0.2 * judged.row_count
        and judged.row_count >= 20
        and rules.severity <> 'exclude' as is_too_strict,
    rules.business_owner,
    '{{ var("contract_version") }}' as _contract_version
from judged
inner join rules
    on rules.enforced_by = 'int_' || judged.entity || '__checked'
left join hits
    on judged.connector = hits.connector
        and judged.source_object = hits.source_object
        and rules.rule_id = hits.rule_id
