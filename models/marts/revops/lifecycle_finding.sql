-- Grain: one thing about one stay in a stage that somebody should look at.
with stays as (
    select
        history.*,
        coalesce(person.owner_id, account.owner_id) as owner_id,
        case when person.has_email then 'email' end as email,
        person.job_title,
        person.primary_account_id as account
    from {{ ref('lifecycle_history') }} as history
    left join {{ ref('person') }} as person
        on case when history.subject_type = 'person' then history.subject_id end
            = person.person_id
    left join {{ ref('account') }} as account
        on case when history.subject_type = 'account' then history.subject_id end
            = account.account_id
),

deals as (
    select subject_type, subject_id, max(case when is_won then 1 else 0 end) as is_won
    from (
        select 'account' as subject_type, account_id as subject_id, is_won
        from {{ ref('opportunity') }}
        union all
        select 'person' as subject_type, roles.person_id as subject_id, opportunity.is_won
        from {{ ref('opportunity_contact_role') }} as roles
        inner join {{ ref('opportunity') }} as opportunity
            on roles.opportunity_id = opportunity.opportunity_id
    ) as parties
    group by subject_type, subject_id
),

-- What a stage needs is asked of whoever stands in it; attributes are those of today.
needs as (
    select subject_type, from_stage, to_stage, valid_from, valid_to, part as field
    from (
        {{ split_rows(ref('policy_stage_transition'), 'required_fields', ';') }}
    ) as parts
),

missing as (
    select stays.subject_type, stays.subject_id, stays.seq, needs.field
    from stays
    inner join needs
        on stays.subject_type = needs.subject_type
            and coalesce(stays.from_stage, '(start)') = needs.from_stage
            and stays.to_stage = needs.to_stage
            and {{ in_force('needs', 'stays.entered_at') }}
    left join deals
        on stays.subject_type = deals.subject_type
            and stays.subject_id = deals.subject_id
    where (stays.exited_at is null or needs.field = 'reason')
        and case needs.field
            when 'email' then stays.email
            when 'job_title' then stays.job_title
            when 'owner' then stays.owner_id
            when 'account' then stays.account
            when 'reason' then stays.reason
            when 'opportunity' then deals.subject_id
            when 'won_opportunity' then case when deals.is_won = 1 then deals.subject_id end
        end is null
),

findings as (
    select
        subject_type, subject_id, seq, 'move_not_allowed' as finding,
        coalesce(from_stage, '(start)') || ' to ' || to_stage as detail
    from stays
    where not is_allowed
    union all
    select subject_type, subject_id, seq, 'field_missing' as finding, field as detail
    from missing
    union all
    select
        stays.subject_type, stays.subject_id, stays.seq, 'systems_disagree' as finding,
        {{ ordered_list("assertions._source_system || ' says ' || assertions.stage") }} as detail
    from {{ ref('stage_assertion') }} as assertions
    inner join stays
        on assertions.subject_type = stays.subject_type
            and assertions.subject_id = stays.subject_id
            and assertions.asserted_at >= stays.entered_at
            and assertions.stage <> stays.to_stage
    where assertions.not_counted_because = 'better_source_spoke' and stays.exited_at is null
    group by stays.subject_type, stays.subject_id, stays.seq
)

select
    findings.subject_type,
    findings.subject_id,
    stays.seq,
    findings.finding,
    findings.detail,
    stays.to_stage as stage,
    stays.entered_at,
    stays.owner_id,
    case findings.finding
        when 'move_not_allowed'
            then 'Correct the stage in the CRM, or approve the move in policy_stage_override.'
        when 'field_missing' then 'Complete the field in the CRM.'
        else 'Correct the system whose word does not count, or give it a better rank.'
    end as next_step,
    '{{ var("contract_version") }}' as _contract_version
from findings
inner join stays
    on findings.subject_type = stays.subject_type
        and findings.subject_id = stays.subject_id
        and findings.seq = stays.seq
