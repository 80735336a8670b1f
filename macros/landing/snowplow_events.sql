{# Query: Snowplow's events with their name and, as JSON text, what they say of themselves (`told`) and
   whether a robot made them (`told_robot`); and with browser and session, which an app tells apart. #}
{% macro snowplow_events() -%}
    {%- set columns = [] -%}
    {%- for schema in [
        'submit_form', 'link_click', 'consent_preferences', 'consent_granted', 'consent_withdrawn',
    ] -%}
        {%- do columns.append('unstruct_event_com_snowplowanalytics_snowplow_' ~ schema ~ '_1') -%}
    {%- endfor -%}
    {%- do columns.append('unstruct_event_data') -%}
    select
        *,
        case
            when event = 'struct' then se_action
            else coalesce(event_name, {{ regex_extract('told_schema', 'iglu:[^/]+/([^/]+)/') }}, event)
        end as name,
        coalesce(domain_userid, {{ snowplow_value('told_session', 'userId') }}, network_userid)
            as browser,
        coalesce(domain_sessionid, {{ snowplow_value('told_session', 'sessionId') }}) as visit
    from (
        select
            *,
            {{ row_location() }},
            coalesce(
                {{ json_text('unstruct_event_data', 'data.data') }}
                {%- for column in columns %},
                case when {{ column }} like '%:%' then {{ column }} end
                {%- endfor %}
            ) as told,
            coalesce(
                {{ json_text('unstruct_event_data', 'data.schema') }},
                {{ json_text('unstruct_event_data', 'schema') }}
            ) as told_schema,
            {{ snowplow_entity('client_session') }} as told_session,
            {{ snowplow_entity('spiders_and_robots', 'derived_contexts', 'iab_snowplow') }}
                as told_robot
        from {{ landed_rows(ref('stg_snowplow__event')) }} as landed
    ) as described
{%- endmacro %}
