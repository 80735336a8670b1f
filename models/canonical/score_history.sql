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
        person_id,
        judged_at,
        since
        {%- for measure in counted_measures() %},
        sum(case when counts_as = '{{ measure }}' then step else 0 end) as {{ measure }}_step
        {%- endfor %}
    from steps
    group by person_id, judged_at, since
),

gains as (
    select person_id, judged_at, counts_from, score_group, sum(points) as points from steps
    group by person_id, judged_at, counts_from, score_group
),

-- Points fade by half in each half-life. Written as growth since the first moment, so that one
-- running sum gives the score at every moment: sum(points * growth) / growth. What ends takes away
-- what is left of the points that it gave.
grown as (
    select
        moments.person_id, moments.judged_at, policy.score_group, policy.score_kind, policy.cap,
        policy.composite_weight, policy.valid_from, policy.valid_to,
        coalesce(sum(gains.points * {{ growth_since(
            'moments.since', 'gains.counts_from', 'policy.half_life_days'
        ) }}), 0) as points,
        {{ growth_since('moments.since', 'moments.judged_at', 'policy.half_life_days') }} as growth
    from moments
    cross join {{ ref('policy_score_group') }} as policy
    left join gains
        on moments.person_id = gains.person_id
            and moments.judged_at = gains.judged_at
            and policy.score_group = gains.score_group
    group by
        moments.person_id, moments.judged_at, moments.since, policy.score_group, policy.score_kind,
        policy.cap, policy.composite_weight, policy.half_life_days, policy.valid_from,
        policy.valid_to
),

faded as (
    select
        person_id, judged_at, score_kind, cap, composite_weight, valid_from, valid_to,
        total / growth as score,
        (total - points) / growth as score_before
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
    cast(scores.fit as decimal(9, 4)) as fit_score,
    cast(scores.engagement as decimal(9, 4)) as engagement_score,
    cast(scores.composite as decimal(9, 4)) as composite_score,
    cast(scores.engagement_before as decimal(9, 4)) as engagement_score_before,
    cast(scores.composite_before as decimal(9, 4)) as composite_score_before,
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
