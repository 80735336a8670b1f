{# CTE body: the state of each contact point, purpose and channel at a moment. Reads the CTEs
   `statements` and `denials` (columns as int_consent__stated and int_consent__denials) and `rules`
   (whose it is, regime and resolution). A contact point is allowed if its own grant is strictly newer
   than every covering denial: of its purpose or of all, on its channel or on all. A legitimate
   interest is no grant where a covering objection was ever made. It is all maxima over sets, so order,
   copies and lateness change nothing. #}
{% macro consent_decision(moment) -%}
    {%- set widths = {'same': ('one', 'one'), 'each_purpose': ('all', 'one'),
        'each_channel': ('one', 'all'), 'everything': ('all', 'all')} -%}
    with subjects as (
        {{ consent_subjects(moment) }}
    ),

    ruled as (
        select
            subjects.*, rules.person_id, rules.contact_point_type, rules.resolution,
            rules.jurisdiction as ruling_jurisdiction, coalesce(rules.regime, 'opt_in') as regime
        from subjects
        left join rules
            on subjects.contact_point_hash = rules.contact_point_hash
                and subjects.purpose = rules.purpose
                and subjects.channel = rules.channel
    ),

    covered as (
        select
            ruled.*,
            coalesce(latest.person_consent_at, ruled.own_consent_at) as consent_at,
            coalesce(latest.person_interest_at, ruled.own_interest_at) as interest_at,
            {{ newest_covering('denial') }} as last_denial_at,
            {{ newest_covering('objection') }} as last_objection_at
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
    ),

    granted as (
        select *, {{ greatest_of([
            'consent_at', 'case when last_objection_at is null then interest_at end',
        ]) }} as last_grant_at
        from covered
    )

    select
        contact_point_hash, purpose, channel, contact_point_type, person_id, ruling_jurisdiction,
        regime, last_grant_at, last_denial_at, last_pending_at,
        last_objection_at is not null and interest_at is not null as is_interest_overruled,
        {{ consent_state(moment) }} as state,
        last_bounce_at is not null and last_bounce_at > coalesce(
            last_grant_at, cast('1900-01-01' as {{ dbt.type_timestamp() }})
        ) as is_bounced
    from granted
{%- endmacro %}
