{# The scores of persons at given moments, and what is counted for them by then: of each group the points
   given so far, faded to the moment and capped. CTE bodies named `<moments>_points`, `<moments>_scores`. #}
{% macro scores_at(moments) %}
{{ moments }}_points as (
    select
        moments.person_id,
        moments.moment,
        policy.score_group,
        policy.score_kind,
        policy.composite_weight,
        {{ least_of([
            'sum(reasons.points / ' ~ growth_since(
                'reasons.counts_from', 'moments.moment', 'policy.half_life_days'
            ) ~ ')',
            'max(policy.cap)',
        ]) }} as points
        {%- for measure in counted_measures() %},
        sum(case when reasons.counts_as = '{{ measure }}' then 1 else 0 end) as {{ measure }}_count
        {%- endfor %}
    from {{ moments }} as moments
    inner join {{ ref('score_reason') }} as reasons
        on moments.person_id = reasons.person_id
            and reasons.counts_from <= moments.moment
            and (reasons.counts_until is null or moments.moment < reasons.counts_until)
    inner join {{ ref('policy_score_group') }} as policy
        on reasons.score_group = policy.score_group
            and {{ in_force('policy', 'moments.moment') }}
    group by
        moments.person_id, moments.moment, policy.score_group, policy.score_kind,
        policy.composite_weight
),

{{ moments }}_scores as (
    select
        person_id,
        moment,
        {%- for kind in ['fit', 'engagement'] %}
        cast(sum(case when score_kind = '{{ kind }}' then points else 0 end) as decimal(9, 4))
            as {{ kind }}_score,
        {%- endfor %}
        cast(sum(composite_weight * points) as decimal(9, 4)) as composite_score
        {%- for measure in counted_measures() %},
        sum({{ measure }}_count) as {{ measure }}_count
        {%- endfor %}
    from {{ moments }}_points
    group by person_id, moment
)
{%- endmacro %}
