-- Grain: one criterion that counts for one person, by an attribute or by what happened.
with criteria as (
    select * from {{ ref('policy_score_criterion') }}
),

-- Of titles only whether there is one; what they say are attributes of their own.
profiles as (
    select *, case when job_title is not null then 'known' end as title_known
    from {{ ref('lead_profile') }}
),

attributes as (
    {%- for attribute in scored_attributes() + ['email_key'] %}
    select
        person_id, known_since, valid_from, '{{ attribute }}' as attribute,
        lower(coalesce({{ 'title_known' if attribute == 'job_title' else attribute }}, '(unknown)'))
            as value
    from profiles
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

-- An attribute stands while its value does, whatever else changes.
standing as (
    select *, lead(valid_from) over (
        partition by person_id, attribute order by valid_from
    ) as replaced_at
    from (
        select *, lag(value) over (
            partition by person_id, attribute order by valid_from
        ) as value_before
        from attributes
    ) as compared
    where value_before is null or value <> value_before
),

-- A pattern takes its time: each value meets it once, however many people have that value.
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

event_hits as (
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
        row_number() over (
            partition by person_id, criterion_id, cast(happened_at as date)
            order by happened_at, trigger_id
        ) as place_in_day
    from happenings
    inner join criteria
        on happenings.happening = criteria.happening
            and {{ in_force('criteria', 'happenings.happened_at') }}
            and (
                criteria.value_pattern is null
                or {{ regex_matches_column(
                    'lower(' ~ looked_at('happenings', 'criteria') ~ ')', 'criteria.value_pattern'
                ) }}
            )
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
            'cast(matches.valid_from as ' ~ dbt.type_timestamp() ~ ')', 'standing.known_since',
            'standing.valid_from',
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
