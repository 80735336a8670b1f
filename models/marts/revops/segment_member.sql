-- Grain: one segment and one live person who meets all conditions of one of its alternatives today.
with persons as (
    select * from {{ ref('person_summary') }}
    where status = 'live'
),

conditions as (
    select
        policy.segment_id,
        policy.alternative,
        policy.attribute,
        policy.operator,
        ';' || {{ regex_replace('lower(trim(policy.value))', '[ ]*;[ ]*', ';') }} || ';' as listed,
        {{ try_cast('policy.value', 'double') }} as threshold,
        count(*) over (partition by policy.segment_id, policy.alternative) as condition_count
    from {{ ref('policy_segment') }} as policy
    where {{ in_force('policy') }}
),

compared as (
    select
        persons.person_id,
        conditions.*,
        {{ segment_value('persons', 'conditions') }} as said,
        {{ segment_value('persons', 'conditions', as_number=true) }} as said_number
    from persons
    cross join conditions
),

-- What is unknown meets no condition but `unknown`.
met as (
    select segment_id, alternative, person_id, condition_count
    from compared
    where case operator
        when 'known' then said is not null
        when 'unknown' then said is null
        when '=' then {{ string_position("';' || said || ';'", 'listed') }} > 0
        when '<>' then {{ string_position("';' || said || ';'", 'listed') }} = 0
        when '>' then said_number > threshold
        when '>=' then said_number >= threshold
        when '<' then said_number < threshold
        when '<=' then said_number <= threshold
    end
),

fulfilled as (
    select segment_id, person_id
    from met
    group by segment_id, alternative, person_id
    having count(*) = max(condition_count)
)

select
    segment_id,
    person_id,
    {{ as_of() }} as judged_at,
    '{{ var("contract_version") }}' as _contract_version
from fulfilled
group by segment_id, person_id
