-- Grain: one moment at which a person's score or what is counted for it changed.
{% set first_day = 'cast(definitions.valid_from as ' ~ dbt.type_timestamp() ~ ')' %}

with reasons as (
    select *, min(counts_from) over (partition by person_id) as since from {{ ref('score_reason') }}
),

steps as (
    select
        person_id, since, counts_from, counts_from as judged_at, score_group, counts_as, points,
        1 as step
    from reasons
    union all
    select person_id, since, counts_from, counts_until, score_group, counts_as, -points, -1
    from reasons
    where counts_until <= {{ as_of() }}
    union all
    -- The first day of a definition is a moment too: whoever meets it qualifies then.
    select distinct
        reasons.person_id, reasons.since, {{ first_day }}, {{ first_day }}, null, null, 0, 0
    from reasons
    inner join {{ ref('int_definition__active') }} as definitions
        on reasons.since < {{ first_day }} and {{ first_day }} <= {{ as_of() }}
),

moments as (
    select
        person_id, judged_at, since
        {%- for measure in counted_measures() %},
        sum(case when counts_as = '{{ measure }}' then step else 0 end) as {{ measure }}_step
        {%- endfor %}
    from steps
    group by person_id, judged_at, since
),

-- Points fade by half in each half-life. Written as growth since the first moment, so that one
-- running sum gives the score at every moment: sum(points * growth) / growth. What ends takes away
-- what is left of the points that it gave.
gains as (
    select
        steps.person_id, steps.judged_at, policy.score_group, policy.valid_from,
        sum(steps.points * {{ grown_since(
            'steps.since', 'steps.counts_from', 'policy.half_life_days'
        ) }}) as points
    from steps
    inner join {{ ref('policy_score_group') }} as policy
        on steps.score_group = policy.score_group
    group by steps.person_id, steps.judged_at, policy.score_group, policy.valid_from
),

scored as (select distinct person_id, score_group, valid_from from gains),

grown as (
    select
        moments.person_id, moments.judged_at, policy.*, coalesce(gains.points, 0) as points,
        {{ grown_since('moments.since', 'moments.judged_at', 'policy.half_life_days') }} as growth
    from moments
    inner join scored on moments.person_id = scored.person_id
    inner join {{ ref('policy_score_group') }} as policy
        on scored.score_group = policy.score_group and scored.valid_from = policy.valid_from
    left join gains
        on moments.person_id = gains.person_id
            and moments.judged_at = gains.judged_at
            and policy.score_group = gains.score_group
            and policy.valid_from = gains.valid_from
),

faded as (
    select
        person_id, judged_at, score_kind, cap, composite_weight, valid_from, valid_to,
        coalesce(total / nullif(growth, 0), 0) as score,
        coalesce((total - points) / nullif(growth, 0), 0) as score_before
    from (
        select *, sum(points) over (
            partition by person_id, score_group, valid_from
            order by judged_at
            rows between unbounded preceding and current row
        ) as total
        from grown
    ) as summed
),

scores as (
    select
        person_id,
        judged_at,
        sum(case when score_kind = 'fit' then {{ least_of(['score', 'cap']) }} else 0 end) as fit
        {%- for before in ['', '_before'] %},
        sum(case
            when score_kind = 'engagement' then {{ least_of(['score' ~ before, 'cap']) }}
            else 0
        end) as engagement{{ before }},
        sum(composite_weight * {{ least_of(['score' ~ before, 'cap']) }}) as composite{{ before }}
        {%- endfor %}
    from faded
    where {{ in_force('faded', 'faded.judged_at') }}
    group by person_id, judged_at
)

select
    moments.person_id,
    moments.judged_at,
    cast(coalesce(scores.fit, 0) as decimal(9, 4)) as fit_score,
    cast(coalesce(scores.engagement, 0) as decimal(9, 4)) as engagement_score,
    cast(coalesce(scores.composite, 0) as decimal(9, 4)) as composite_score,
    cast(coalesce(scores.engagement_before, 0) as decimal(9, 4)) as engagement_score_before,
    cast(coalesce(scores.composite_before, 0) as decimal(9, 4)) as composite_score_before,
    {%- for measure in counted_measures() %}
    cast(sum(moments.{{ measure }}_step) over (
        partition by moments.person_id
        order by moments.judged_at
        rows between unbounded preceding and current row
    ) as {{ dbt.type_int() }}) as {{ measure }}_count,
    {%- endfor %}
    cast(moments.high_intent_step as {{ dbt.type_int() }}) as new_high_intent_count,
    '{{ var("contract_version") }}' as _contract_version
from moments
left join scores
    on moments.person_id = scores.person_id
        and moments.judged_at = scores.judged_at
