-- Grain: one criterion that counts for one person, by an attribute or by what happened.
with criteria as (
    select * from {{ ref('policy_score_criterion') }}
),

persons as (
    select
        person.person_id,
        person.email_key,
        coalesce(person.created_at, person.updated_at, {{ as_of() }}) as known_at,
        profiles.job_title,
        profiles.seniority,
        profiles.job_function,
        profiles.title_flag,
        profiles.email_kind,
        coalesce(profiles.email_domain, account.domain_primary) as domain,
        account.industry,
        account.employee_band,
        coalesce(account.country, person.country) as country
    from {{ ref('person') }} as person
    left join {{ ref('int_person__profile') }} as profiles
        on person.person_id = profiles.person_id
    left join {{ ref('account') }} as account
        on person.primary_account_id = account.account_id
),

attributes as (
    {%- for attribute in scored_attributes() %}
    select
        person_id, known_at, '{{ attribute }}' as attribute,
        lower(coalesce({{ attribute }}, '(unknown)')) as value
    from persons
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

happenings as (
    {{ scored_happenings('persons') }}
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
        happened_at as counts_from, cast(null as {{ dbt.type_timestamp() }}) as counts_until,
        -- A level is as high as last said: each word about it counts by what it changes.
        points - case when is_level then coalesce(lag(points) over (
            partition by person_id, criterion_id
            order by happened_at, trigger_id
        ), 0) else 0 end as points
    from event_hits
    where place_in_day <= coalesce(max_per_day, place_in_day)
    union all
    select
        attributes.person_id, criteria.criterion_id, criteria.score_group, criteria.counts_as,
        'attribute' as trigger_type, attributes.attribute as trigger_id,
        {{ greatest_of([
            'cast(criteria.valid_from as ' ~ dbt.type_timestamp() ~ ')', 'attributes.known_at',
        ]) }} as counts_from,
        cast(criteria.valid_to as {{ dbt.type_timestamp() }}) as counts_until,
        criteria.points
    from attributes
    inner join criteria
        on criteria.happening = 'attribute'
            and criteria.looks_at = attributes.attribute
            and {{ regex_matches_column('attributes.value', 'criteria.value_pattern') }}
    where criteria.valid_to is null or attributes.known_at < criteria.valid_to
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
where counts_from <= {{ as_of() }}
