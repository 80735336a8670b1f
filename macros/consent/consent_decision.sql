{# CTE body: the state of each contact point, purpose and channel at a moment. Reads the CTEs
   `statements` and `denials` (columns as int_consent__stated and int_consent__denials) and `rules`
   (whose it is, regime and resolution). A contact point is allowed if its own grant is strictly newer
   than every covering denial: of its purpose or of all, on its channel or on all. It is all maxima
   over sets, so order, copies and lateness change nothing. #}
{% macro consent_decision(moment) -%}
    {%- set widths = {'same': ('one', 'one'), 'each_purpose': ('all', 'one'),
        'each_channel': ('one', 'all'), 'everything': ('all', 'all')} -%}
    with subjects as (
        {{ consent_subjects(moment) }}
    ),

    ruled as (
        select
            subjects.*, rules.person_id, rules.contact_point_type, rules.resolution,
            rules.jurisdiction as ruling_jurisdiction,
            coalesce(rules.regime, 'opt_in') as regime
        from subjects
        left join rules
            on subjects.contact_point_hash = rules.contact_point_hash
                and subjects.purpose = rules.purpose
                and subjects.channel = rules.channel
    ),

    granted as (
        select
            ruled.*,
            coalesce(latest.person_grant_at, ruled.own_grant_at) as last_grant_at,
            case
                when ruled.resolution = 'per_contact_point' then {{ greatest_of([
                    'same.own_denial_at', 'each_purpose.own_denial_at',
                    'each_channel.own_denial_at', 'everything.own_denial_at',
                ]) }}
                else {{ greatest_of([
                    'same.any_denial_at', 'each_purpose.any_denial_at',
                    'each_channel.any_denial_at', 'everything.any_denial_at',
                ]) }}
            end as last_denial_at
        from ruled
        left join ({{ consent_latest_grants() }}) as latest
            on case when ruled.resolution = 'latest' then ruled.person_id end = latest.person_id
                and ruled.purpose = latest.purpose and ruled.channel = latest.channel
        {%- for name, (purpose, channel) in widths.items() %}
        left join ({{ consent_coverage(moment, purpose, channel) }}) as {{ name }}
            on ruled.contact_point_hash = {{ name }}.contact_point_hash
                {{- ' and ruled.purpose = ' ~ name ~ '.purpose' if purpose == 'one' }}
                {{- ' and ruled.channel = ' ~ name ~ '.channel' if channel == 'one' }}
        {%- endfor %}
    )

    select
        contact_point_hash, purpose, channel, contact_point_type, person_id, ruling_jurisdiction,
        regime, last_grant_at, last_denial_at, last_pending_at,
        {{ consent_state(moment) }} as state,
        last_bounce_at is not null and last_bounce_at > coalesce(
            last_grant_at, cast('1900-01-01' as {{ dbt.type_timestamp() }})
        ) as is_bounced
    from granted
{%- endmacro %}
