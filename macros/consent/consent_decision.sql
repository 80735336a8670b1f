{# CTE body: the state of each contact point, purpose and channel at a moment. Reads the CTEs
   `statements` and `denials` (columns as int_consent__stated and int_consent__denials) and `rules`
   (regime and resolution). A contact point is allowed if its own grant is strictly newer than every
   covering denial. It is all maxima over sets, so order, copies and lateness change nothing. #}
{% macro consent_decision(moment) -%}
    with subjects as (
        {{ consent_subjects(moment) }}
    ),

    covering as (
        {{ consent_coverage(moment) }}
    ),

    granted as (
        select
            subjects.*,
            rules.jurisdiction as ruling_jurisdiction,
            coalesce(rules.regime, 'opt_in') as regime,
            coalesce(latest.person_grant_at, subjects.own_grant_at) as last_grant_at,
            case
                when rules.resolution = 'per_contact_point' then covering.own_denial_at
                else covering.any_denial_at
            end as last_denial_at
        from subjects
        left join rules
            on subjects.contact_point_hash = rules.contact_point_hash
                and subjects.purpose = rules.purpose
                and subjects.channel = rules.channel
        left join ({{ consent_latest_grants() }}) as latest
            on subjects.contact_point_hash = latest.contact_point_hash
                and subjects.purpose = latest.purpose
                and subjects.channel = latest.channel
        left join covering
            on subjects.contact_point_hash = covering.contact_point_hash
                and subjects.purpose = covering.purpose
                and subjects.channel = covering.channel
    )

    select
        *,
        case
            when last_denial_at >= coalesce(last_grant_at, last_denial_at) then 'denied'
            when last_expiry_at >= last_grant_at then 'unknown'
            when last_grant_at is not null then 'allowed'
            when last_pending_at is not null
                and {{ seconds_between('last_pending_at', moment) }}
                    <= 86400 * {{ var('double_opt_in_days') }} then 'pending'
            when regime = 'opt_out' and purpose <> '*' and channel <> '*'
                and coalesce(last_pending_at, last_expiry_at, last_ended_at) is null then 'allowed'
            else 'unknown'
        end as state,
        coalesce(last_bounce_at > coalesce(
            last_grant_at, cast('1900-01-01' as {{ dbt.type_timestamp() }})
        ), false) as is_bounced
    from granted
{%- endmacro %}
