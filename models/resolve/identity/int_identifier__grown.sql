-- Grain: one identifier of which the last verdict stands, as a row of int_identifier__judged:
-- whoever carried it carries it still, and those who came break no limit, have no other name and
-- are not the new middle of its star. Nobody looks at the bearers that it had.
-- depends_on: {{ ref('int_identity__changed') }}, {{ ref('int_identifier__claims') }}
-- depends_on: {{ ref('int_identifier__rejudged') }}, {{ ref('int_person__checked') }}
-- depends_on: {{ ref('policy_identifier_type') }}
{{ config(packed=false) }}
{% set verdict = {
    'id_type': 'string', 'id_value': 'string', 'identifier_key': 'bigint', 'tier': 'int',
    'priority': 'int', 'record_count': 'bigint', 'first_record_key': 'string',
    'given_name': 'string', 'names_differ': 'boolean', 'reason': 'string', 'verdict': 'string',
} -%}
{%- if is_anything_settled() -%}
with claims as (
    {{ claims_of_pending() }}
),

types as (
    select * from {{ ref('policy_identifier_type') }} as policy
    where {{ in_force('policy') }}
),

{{ bearer_names('claims', ref('int_person__checked')) }},

-- The last verdict stands for all that it was passed on: one bearer with the name of all. Where one
-- alone had a value, its edge is still to be made.
bearers as (
    select
        judged.identifier_key,
        judged.id_type,
        judged.id_value,
        judged.first_record_key as record_key,
        judged.given_name,
        judged.record_count,
        judged.first_record_key,
        judged.tier,
        judged.priority,
        judged.verdict,
        case
            when judged.reason is null
                and not judged.names_differ
                and (judged.record_count > 1 or judged.id_type = 'crm_id')
                then 0
            else 1
        end as doubts
    from {{ rows_last_built('int_identifier__judged', verdict) }} as judged
    inner join {{ ref('int_identifier__rejudged') }} as rejudged
        on judged.identifier_key = rejudged.identifier_key
    where rejudged.keeps_bearers
    union all
    select
        claims.identifier_key,
        claims.id_type,
        claims.id_value,
        claims.record_key,
        case when types.names_must_agree then names.given_name end as given_name,
        1 as record_count,
        cast(null as {{ dbt.type_string() }}) as first_record_key,
        cast(null as {{ dbt.type_int() }}) as tier,
        cast(null as {{ dbt.type_int() }}) as priority,
        cast(null as {{ dbt.type_string() }}) as verdict,
        0 as doubts
    from claims
    inner join types
        on claims.id_type = types.id_type
    left join names
        on claims.record_key = names.record_key
),

grown as (
    select
        identifier_key,
        min(id_type) as id_type,
        min(id_value) as id_value,
        min(tier) as tier,
        min(priority) as priority,
        cast(sum(record_count) as {{ dbt.type_bigint() }}) as record_count,
        min(record_key) as first_record_key,
        max(given_name) as given_name,
        min(verdict) as verdict
    from bearers
    group by identifier_key
    having count(verdict) = 1
        and max(doubts) = 0
        and min(id_type) = max(id_type)
        and min(id_value) = max(id_value)
        and min(record_key) = max(first_record_key)
        and not coalesce({{ names_differ('given_name') }}, false)
)

select
    grown.id_type,
    grown.id_value,
    grown.identifier_key,
    grown.tier,
    grown.priority,
    grown.record_count,
    grown.first_record_key,
    grown.given_name,
    grown.verdict
from grown
inner join types
    on grown.id_type = types.id_type
where grown.record_count <= coalesce(types.max_anchors, grown.record_count)
{%- else -%}
{{ no_rows(verdict) }}
{%- endif %}
