-- Grain: one value of one attribute that was said of a person, and from when scores go by it.
{% set calm_from = dbt.dateadd('day', 'numbered.within_days', 'changes.valid_from') %}
with {{ said_attributes() }},

-- A pattern takes its time: each text meets it once, however many people have that text.
fitting as (
    select said.attribute, said.value, patterns.valid_input
    from (select distinct attribute, value from said) as said
    inner join {{ ref('policy_score_input') }} as patterns
        on said.attribute = patterns.attribute
            and {{ regex_matches_column('said.value', 'patterns.valid_input') }}
    group by said.attribute, said.value, patterns.valid_input
),

-- A value that is not valid takes nothing back; of whom only such a one is known, nothing is.
judged as (
    select
        said.*,
        rules.max_changes,
        rules.within_days,
        case
            when said.value = '(unknown)' or rules.valid_input is null
                or fitting.value is not null then said.value
            when said.valid_from = {{ unknown_start() }} then '(unknown)'
        end as counted_value
    from said
    left join {{ ref('policy_score_input') }} as rules
        on said.attribute = rules.attribute
            and {{ in_force('rules', greatest_of(['said.valid_from', 'said.known_since'])) }}
    left join fitting
        on said.attribute = fitting.attribute
            and said.value = fitting.value
            and rules.valid_input = fitting.valid_input
),

-- What becomes known changes nothing that was.
compared as (
    select
        *,
        case
            when counted_value <> counted_before and counted_before <> '(unknown)' then 1 else 0
        end as is_change
    from (
        select
            *,
            lag(counted_value) over (
                partition by person_id, attribute, counted_value is null order by valid_from
            ) as counted_before,
            lead(valid_from) over (
                partition by person_id, attribute, counted_value is null order by valid_from
            ) as replaced_at
        from judged
        where not is_constant
    ) as beside_others
),

numbered as (
    select
        *,
        sum(is_change) over (
            partition by person_id, attribute
            order by valid_from
            rows between unbounded preceding and current row
        ) as change_no
    from compared
),

-- A value counts when, of the changes up to it, one more than the rule believes is no longer within
-- its time.
settled as (
    select
        numbered.*,
        {{ greatest_of([
            'numbered.known_since', 'numbered.valid_from',
            'coalesce(' ~ calm_from ~ ', numbered.valid_from)',
        ]) }} as settled_at,
        {{ calm_from }} > numbered.valid_from as is_restless
    from numbered
    left join (select * from numbered where is_change = 1) as changes
        on numbered.person_id = changes.person_id
            and numbered.attribute = changes.attribute
            and case
                when numbered.change_no > numbered.max_changes
                    then numbered.change_no - numbered.max_changes
            end = changes.change_no
),

inputs as (
    select
        person_id, attribute, valid_from, valid_to, value, counted_value,
        case
            when counted_value is not null and coalesce(settled_at < replaced_at, true)
                then settled_at
        end as counts_from,
        is_restless
    from settled
    union all
    select
        person_id, attribute, valid_from, valid_to, value, counted_value,
        {{ greatest_of(['known_since', 'valid_from']) }}, false
    from judged
    where is_constant
)

select
    person_id,
    attribute,
    valid_from,
    valid_to,
    value as said_value,
    counted_value,
    counts_from,
    case
        when counted_value is null or value <> counted_value then 'not_a_valid_input'
        when is_restless then 'changes_too_often'
    end as held_back_because,
    '{{ var("contract_version") }}' as _contract_version
from inputs
