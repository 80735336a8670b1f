-- Grain: one criterion that counts for one person, by an attribute or by what happened.
with criteria as (
    select * from {{ ref('policy_score_criterion') }}
),

standing as (
    {{ standing_attributes() }}
),

-- A pattern takes its time: each text meets it once, however many people or events have that text.
matches as (
    select said.attribute, said.value, criteria.*
    from (select distinct attribute, value from standing) as said
    inner join criteria
        on said.attribute = criteria.looks_at
            and criteria.happening = 'attribute'
            and {{ regex_matches_column('said.value', 'criteria.value_pattern') }}
),

happenings as (
    {{ scored_happenings('standing') }}
),

happened as (
    select
        happenings.*,
        criteria.criterion_id,
        criteria.score_group,
        criteria.counts_as,
        criteria.max_per_day,
        criteria.is_level,
        criteria.points * case
            when criteria.looks_at = 'score' then {{ try_cast('happenings.score', 'double') }}
            else 1
        end as points,
        case
            when criteria.value_pattern is null then ''
            else lower({{ looked_at('happenings', 'criteria') }})
        end as said,
        coalesce(criteria.value_pattern, '') as pattern
    from happenings
    inner join criteria
        on happenings.happening = criteria.happening
            and {{ in_force('criteria', 'happenings.happened_at') }}
),

fitting as (
    select said, pattern
    from (select distinct said, pattern from happened) as looks
    where {{ regex_matches_column('said', 'pattern') }}
),

event_hits as (
    select
        happened.*,
        row_number() over (
            partition by happened.person_id, happened.criterion_id, cast(happened_at as date)
            order by happened.happened_at, happened.trigger_id
        ) as place_in_day
    from happened
    inner join fitting
        on happened.said = fitting.said and happened.pattern = fitting.pattern
),

hits as (
    select
        person_id, criterion_id, score_group, counts_as, trigger_type, trigger_id,
        happened_at as counts_from, ends_at as counts_until,
        -- A level is as high as last said: each word about it counts by what it changes.
        points - case when is_level then coalesce(lag(points) over (
            partition by person_id, criterion_id
            order by happened_at, trigger_id
        ), 0) else 0 end as points
    from event_hits
    where place_in_day <= coalesce(max_per_day, place_in_day)
    union all
    select
        standing.person_id, matches.criterion_id, matches.score_group, matches.counts_as,
        'attribute' as trigger_type, standing.attribute as trigger_id,
        {{ greatest_of([
            'cast(matches.valid_from as ' ~ dbt.type_timestamp() ~ ')', 'standing.valid_from',
        ]) }} as counts_from,
        {{ least_of([
            'cast(matches.valid_to as ' ~ dbt.type_timestamp() ~ ')', 'standing.replaced_at',
        ]) }} as counts_until,
        matches.points
    from standing
    inner join matches
        on standing.attribute = matches.attribute and standing.value = matches.value
)

select
    person_id,
    criterion_id,
    trigger_type,
    trigger_id,
    counts_from,
    counts_until,
    score_group,
    counts_as,
    cast(points as decimal(9, 4)) as points,
    '{{ var("contract_version") }}' as _contract_version
from hits
where counts_from <= {{ as_of() }} and coalesce(counts_from < counts_until, true)
