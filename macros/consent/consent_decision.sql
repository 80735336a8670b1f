{# CTE body: the state of each contact point, purpose and channel at a moment. Reads the CTEs
   `statements` and `denials` (columns as int_consent__stated and int_consent__denials) and `rules`
   (regime and resolution). A contact point is allowed if its own grant is strictly newer than every
   covering denial. It is all maxima over sets, so order, copies and lateness change nothing. #}
{% macro consent_decision(moment) -%}
    select
        subjects.*,
        coalesce(rules.regime, 'opt_in') as regime,
        rules.jurisdiction as ruling_jurisdiction,
        standing.last_grant_at,
        covering.last_denial_at,
        case
            when covering.last_denial_at >= coalesce(standing.last_grant_at, covering.last_denial_at)
                then 'denied'
            when subjects.last_expiry_at >= standing.last_grant_at then 'unknown'
            when standing.last_grant_at is not null then 'allowed'
            when subjects.last_pending_at is not null
                and {{ seconds_between('subjects.last_pending_at', moment) }}
                    <= 86400 * {{ var('double_opt_in_days') }} then 'pending'
            when rules.regime = 'opt_out' and subjects.purpose <> '*' and subjects.channel <> '*'
                and coalesce(
                    subjects.last_pending_at, subjects.last_expiry_at, subjects.last_ended_at
                ) is null then 'allowed'
            else 'unknown'
        end as state,
        subjects.last_bounce_at is not null
            and subjects.last_bounce_at > coalesce(
                standing.last_grant_at, cast('1900-01-01' as {{ dbt.type_timestamp() }})
            ) as is_bounced
    from ({{ consent_subjects(moment) }}) as subjects
    left join rules
        on subjects.contact_point_hash = rules.contact_point_hash
            and subjects.purpose = rules.purpose
            and subjects.channel = rules.channel
    left join ({{ consent_grants(moment) }}) as standing
        on subjects.contact_point_hash = standing.contact_point_hash
            and subjects.purpose = standing.purpose
            and subjects.channel = standing.channel
    left join ({{ consent_coverage(moment) }}) as covering
        on subjects.contact_point_hash = covering.contact_point_hash
            and subjects.purpose = covering.purpose
            and subjects.channel = covering.channel
{%- endmacro %}
