-- Grain: one stay of a person or account in a lifecycle stage.
with moves as (
    select
        *,
        row_number() over (
            partition by subject_type, subject_id
            order by asserted_at, stage_rank, _source_system, assertion_id
        ) as seq
    from {{ ref('stage_assertion') }}
    where not_counted_because is null
),

compared as (
    select
        *,
        lag(stage) over (partition by subject_type, subject_id order by seq) as from_stage,
        lag(stage_rank) over (partition by subject_type, subject_id order by seq) as from_rank,
        lag(asserted_at) over (partition by subject_type, subject_id order by seq) as from_at,
        lag(stage, 2) over (partition by subject_type, subject_id order by seq) as stage_two_before,
        lead(asserted_at) over (partition by subject_type, subject_id order by seq) as exited_at
    from moves
),

typed as (
    select
        compared.*,
        case
            when compared.from_stage is null then 'forward'
            when compared.stage = compared.stage_two_before and {{ seconds_between(
                'compared.from_at', 'compared.asserted_at'
            ) }} <= 60 * slips.within_minutes then 'correction'
            when compared.stage = 'disqualified' then 'disqualify'
            when compared.stage = 'nurture' then 'recycle'
            when compared.from_stage = 'disqualified' then 'reopen'
            when compared.stage_rank < compared.from_rank then 'regress'
            when compared.from_stage <> 'nurture' and exists (
                select 1 from {{ ref('policy_lifecycle_stage') }} as rungs
                where compared.from_rank < rungs.stage_rank
                    and rungs.stage_rank < compared.stage_rank
                    and rungs.stage_rank >= 10
                    and not coalesce(rungs.is_optional, false)
                    and {{ in_force('rungs', 'compared.asserted_at') }}
            ) then 'skip'
            else 'forward'
        end as transition_type,
        coalesce(rules.is_allowed, false) as is_listed
    from compared
    left join {{ ref('policy_stage_transition') }} as rules
        on compared.subject_type = rules.subject_type
            and coalesce(compared.from_stage, '(start)') = rules.from_stage
            and compared.stage = rules.to_stage
            and {{ in_force('rules', 'compared.asserted_at') }}
    left join {{ ref('policy_stage_transition') }} as slips
        on compared.subject_type = slips.subject_type
            and slips.from_stage = '(any)'
            and slips.to_stage = '(before)'
            and {{ in_force('slips', 'compared.asserted_at') }}
),

judged as (
    select
        typed.*,
        case when exists (
            select 1 from {{ ref('int_stage__overrides') }} as overrides
            where typed.subject_type = overrides.subject_type
                and typed.subject_id = overrides.subject_id
                and typed.stage = overrides.to_stage
                and {{ in_force('overrides', 'typed.asserted_at') }}
        ) then true else false end as is_overridden,
        coalesce(lead(transition_type) over (
            partition by subject_type, subject_id order by seq
        ) = 'correction', false) as is_corrected
    from typed
)

select
    judged.subject_type,
    judged.subject_id,
    -- Each recycling begins a cycle, unless it was a slip that was taken back.
    cast(1 + sum(case
        when judged.transition_type = 'recycle' and not judged.is_corrected then 1 else 0
    end) over (
        partition by judged.subject_type, judged.subject_id
        order by judged.seq
        rows between unbounded preceding and current row
    ) as {{ dbt.type_int() }}) as cycle_no,
    cast(judged.seq as {{ dbt.type_int() }}) as seq,
    judged.from_stage,
    judged.stage as to_stage,
    judged.stage_rank,
    judged.asserted_at as entered_at,
    judged.exited_at,
    judged.transition_type,
    judged.is_listed or judged.transition_type = 'correction' or judged.is_overridden as is_allowed,
    judged.is_overridden,
    judged.is_corrected,
    case when judged._source_system = 'definition' then 'definition' else 'assertion' end as driver,
    coalesce(judged.definition_id, definitions.definition_id) as definition_id,
    cast(
        coalesce(judged.definition_version, definitions.definition_version) as {{ dbt.type_int() }}
    ) as definition_version,
    case when judged._source_system = 'definition' then judged._source_record_id end as trigger_id,
    judged.reason,
    judged.asserted_by,
    judged._source_system,
    judged._source_record_id,
    judged._loaded_at,
    '{{ var("contract_version") }}' as _contract_version
from judged
left join {{ ref('int_definition__active') }} as definitions
    on judged.subject_type = 'person'
        and definitions.is_selected
        and judged.stage = definitions.stage
        and {{ in_force('definitions', 'judged.asserted_at') }}
