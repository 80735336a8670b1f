{# CTEs `answers`, the consent events of somebody in the CTE `events`, each with its answer, and `named`,
   each once for a scope, or a document, that it names. #}
{% macro snowplow_answers() -%}
    {%- set documents = 'contexts_com_snowplowanalytics_snowplow_consent_document_1' -%}
    answers as (
        select
            {{ provenance('snowplow', 'event', record_id='event_id', derived=true) }},
            name,
            browser,
            user_id,
            coalesce(derived_tstamp, collector_tstamp) as captured_at,
            case
                when name = 'consent_granted' then 'granted'
                when name = 'consent_preferences'
                    then coalesce({{ snowplow_value('told', 'eventType') }}, 'missing')
                when {{ snowplow_value('told', 'all') }} = 'false' then 'revoked'
                else 'withdrawn'
            end as answer,
            case
                when name = 'consent_preferences' then {{ snowplow_value('told', 'consentScopes') }}
                else coalesce(nullif({{ documents }}, ''), {{ json_text('contexts', 'data') }}, contexts)
            end as listed,
            replace({{ snowplow_value('told', 'basisForProcessing') }}, 'interests', 'interest')
                as lawful_basis,
            {{ snowplow_value('told', 'expiry') }} as expiry,
            {{ snowplow_value('told', 'consentVersion') }} as policy_version
        from events
        where event_id is not null
            and coalesce(browser, user_id) is not null
            and name in ('consent_preferences', 'consent_granted', 'consent_withdrawn')
    ),

    named as (
        select *
        from (
            select *, case
                when name = 'consent_preferences' then item
                when coalesce({{ json_text('item', 'schema') }}, 'consent_document') like '%consent_document%'
                    then coalesce(
                        {{ json_text('item', 'name') }}, {{ json_text('item', 'data.name') }},
                        {{ json_text('item', 'id') }}, {{ json_text('item', 'data.id') }}
                    )
            end as scope
            from ({{ json_items('answers', 'listed') }}) as items
        ) as scoped
        where scope is not null
    )
{%- endmacro %}
