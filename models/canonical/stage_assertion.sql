-- Grain: one statement that a person or account is in a stage, by a system or by us.
with stages as (
    select distinct stage, stage_rank from {{ ref('policy_lifecycle_stage') }}
),

statements as (
    {{ stage_statements('stages') }}
),

-- The rule for the very stage and the very system counts before more general ones.
ranked as (
    select
        statements.*,
        policy.authority_rank,
        row_number() over (
            partition by statements.assertion_id
            order by
                case when policy.stage = statements.stage then 1 else 2 end,
                case policy.source_system
                    when statements.source_system then 1
                    when statements.connector then 2
                    else 3
                end
        ) as rule_place
    from statements
    left join {{ ref('policy_stage_authority') }} as policy
        on statements.subject_type = policy.subject_type
            and policy.stage in (statements.stage, '*')
            and (
                policy.source_system in (statements.source_system, statements.connector)
                or (policy.source_system = '*' and statements.source_system <> 'definition')
            )
            and {{ in_force('policy', 'statements.changed_at') }}
),

heard as (
    select
        *,
        min(case when not is_late then authority_rank end) over (
            partition by subject_type, subject_id
            order by changed_at
            range between unbounded preceding and current row
        ) as best_rank_so_far
    from ranked
    where rule_place = 1
),

-- A definition only ever moves on from what a system said last, and from what it said itself since.
spoken as (
    select
        *,
        sum(case when source_system <> 'definition' then 1 else 0 end) over (
            partition by subject_type, subject_id
            order by changed_at, stage_rank, source_system, assertion_id
            rows between unbounded preceding and current row
        ) as word_no
    from heard
    where authority_rank <= best_rank_so_far and not is_late
),

ranked_before as (
    select
        assertion_id,
        {%- for aggregate, name in [('max', 'rank_before'), ('min', 'lowest_before')] %}
        {{ aggregate }}(stage_rank) over (
            partition by subject_type, subject_id, word_no
            order by changed_at, stage_rank, source_system, assertion_id
            rows between unbounded preceding and 1 preceding
        ) as {{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
    from spoken
),

judged as (
    select
        heard.*,
        case
            when heard.authority_rank is null then 'no_authority'
            when heard.is_late then 'found_late'
            when heard.authority_rank > heard.best_rank_so_far then 'better_source_spoke'
            when heard.source_system = 'definition' and (
                heard.stage_rank <= ranked_before.rank_before or ranked_before.lowest_before < 10
            ) then 'not_forward'
        end as not_counted_because
    from heard
    left join ranked_before
        on heard.assertion_id = ranked_before.assertion_id
)

select
    assertion_id,
    subject_type,
    subject_id,
    stage,
    stage_rank,
    changed_at as asserted_at,
    asserted_by,
    reason,
    definition_id,
    definition_version,
    -- At one moment the furthest stage stands last; a word that repeats the one before is no move.
    coalesce(not_counted_because, case when lag(stage) over (
        partition by subject_type, subject_id, not_counted_because
        order by changed_at, stage_rank, source_system, assertion_id
    ) = stage then 'repeated' end) as not_counted_because,
    authority_rank,
    record_key as _record_key,
    source_system as _source_system,
    source_record_id as _source_record_id,
    _loaded_at,
    '{{ var("contract_version") }}' as _contract_version
from judged
