-- Grain: one moment at which an earlier build found that a person met a definition of ours, on a
-- record of the person. The memory of what our definitions said where they have a say: a merge
-- moves it with its record, and an event that comes late moves nothing. It survives --full-refresh.
{{ memory(
    unique_key=['record_key', 'definition_id', 'qualified_at'],
    hooks=["{{ forget_erased({'source_record_id': 'record'}, 'qualified_at') }}"],
) }}
{% set finding = [
    'record_key', 'definition_id', 'definition_version', 'stage', 'qualified_at', 'trigger_id',
] %}
with findings as (
    {{ found_before() }}
),

remembered as (
    select
        {{ finding | join(', ') }},
        max(case when has_moved then 1 else 0 end) = 1 as has_moved
    from findings
    group by {{ finding | join(', ') }}
),

stays as (
    select
        *,
        row_number() over (partition by record_key order by to_run desc nulls first) as stays_ago
    from {{ ref('int_identity__registry') }}
),

-- Whose a record was last, and where that id leads today: to itself while it stands.
last_owners as (
    select record_key, person_id from stays
    where stays_ago = 1 and record_key in (select record_key from remembered)
),

owners as (
    select
        former.person_id as former_person_id,
        {{ first_by('standing.person_id', [
            'case when standing.person_id = former.person_id then 1 else 2 end',
            'former.from_run', 'former.record_key',
        ]) }} as person_id
    from stays as former
    inner join stays as standing
        on former.record_key = standing.record_key
    where former.person_id in (select person_id from last_owners)
        and standing.to_run is null
    group by former.person_id
)

select
    {{ 'remembered.' ~ finding | join(', remembered.') }},
    remembered.has_moved,
    owners.person_id,
    {{ record_system('remembered.record_key') }} as source_system,
    substr(
        remembered.record_key, {{ string_position("':'", 'remembered.record_key') }} + 1
    ) as source_record_id
from remembered
left join last_owners
    on remembered.record_key = last_owners.record_key
left join owners
    on last_owners.person_id = owners.former_person_id
