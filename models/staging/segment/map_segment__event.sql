-- Grain: one call of Segment that says what somebody did.
{{ config(materialized='view') }}

with details as (
    {{ segment_details(landed_rows(ref('stg_segment__event_table'))) }}
)

select
    {{ provenance('segment', 'track', record_id='id') }},
    {{ segment_call('coalesce(event_text, event)', email='coalesce(email, detail_email)',
        page='coalesce(url, detail_url, context_page_url)', properties=segment_detailed()) }}
from {{ landed_rows(ref('stg_segment__track')) }} as landed
left join details
    on id = detail_id

union all

select
    {{ provenance('segment', 'event_table', record_id='id', derived=true) }},
    {{ segment_call('coalesce(event_text, event)', page='coalesce(url, context_page_url)',
        properties=segment_properties(), email='email') }}
from {{ landed_rows(ref('stg_segment__event_table')) }} as landed
where not exists (
    select 1 from {{ landed_rows(ref('stg_segment__track')) }} as tracks
    where tracks.id = landed.id
)

union all

select
    {{ provenance('segment', 'page', record_id='id') }},
    {{ segment_call("'page_view'", page='coalesce(url, context_page_url)',
        referrer='coalesce(referrer, context_page_referrer)', properties={'name': 'name'}) }}
from {{ landed_rows(ref('stg_segment__page')) }} as landed

union all

select
    {{ provenance('segment', 'screen', record_id='id') }},
    {{ segment_call("'screen_view'", properties={'name': 'name'}) }}
from {{ landed_rows(ref('stg_segment__screen')) }} as landed

{% for call in ['identify', 'group', 'alias'] -%}
union all

select
    {{ provenance('segment', call, record_id='id') }},
    {{ segment_call("'" ~ call ~ "'", email='email' if call == 'identify' else 'null',
        browser='coalesce(previous_id, anonymous_id)' if call == 'alias' else 'anonymous_id') }}
from {{ landed_rows(ref('stg_segment__' ~ call)) }} as landed
{% endfor %}
