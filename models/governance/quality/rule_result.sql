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
        sum(case when disposition = 'quarantined' then 1 else 0 end) as held_count,
        sum(case when disposition = 'accepted' then 1 else 0 end) as accepted_count
    from parts
    group by connector, source_object, part
),

waivers as (
    {{ waivers_in_force() }}
),

waived_rules as (
    select distinct judged.connector, judged.source_object, waivers.rule_id
    from judged
    inner join waivers
        on waivers.scope in ('*', judged.connector, judged.connector || '.' || judged.source_object)
)

select
    rules.rule_id,
    judged.connector,
    judged.source_object,
    rules.severity,
    cast(judged.row_count as {{ dbt.type_bigint() }}) as row_count,
    cast(coalesce(hits.hit_count, 0) as {{ dbt.type_bigint() }}) as hit_count,
    cast(coalesce(hits.held_count, 0) as {{ dbt.type_bigint() }}) as held_count,
    cast(case
        when rules.severity = 'reject' and waived_rules.rule_id is not null
            then coalesce(hits.accepted_count, 0)
        else 0
    end as {{ dbt.type_bigint() }}) as waived_count,
    1.0 * coalesce(hits.hit_count, 0) / judged.row_count as hit_share,
    coalesce(hits.hit_count, 0) > 0.2 * judged.row_count
        and judged.row_count >= 20
        and rules.severity <> 'exclude'
        and waived_rules.rule_id is null as is_too_strict,
    sum(coalesce(hits.hit_count, 0)) over (partition by rules.rule_id) = 0 as catches_nothing,
    rules.business_owner,
    '{{ var("contract_version") }}' as _contract_version
from judged
inner join rules
    on rules.enforced_by = 'int_' || judged.entity || '__checked'
left join hits
    on judged.connector = hits.connector
        and judged.source_object = hits.source_object
        and rules.rule_id = hits.rule_id
left join waived_rules
    on judged.connector = waived_rules.connector
        and judged.source_object = waived_rules.source_object
        and rules.rule_id = waived_rules.rule_id
