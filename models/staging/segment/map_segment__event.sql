-- Grain: one call of Segment that says what somebody did.
{{ config(materialized='view') }}

with details as (
    {{ segment_details(ref('stg_segment__event_table')) }}
)

select
    {{ provenance('segment', 'track', record_id='id') }},
    {{ segment_call('coalesce(event_text, event)', email='coalesce(email, detail_email)',
        page='coalesce(url, detail_url, context_page_url)', properties=segment_detailed()) }}
from {{ ref('stg_segment__track') }}
left join details
    on id = detail_id

union all

select
    {{ provenance('segment', 'event_table', record_id='id', derived=true) }},
    {{ segment_call('coalesce(event_text, event)', page='coalesce(url, context_page_url)',
        properties=segment_properties(), email='email') }}
from {{ ref('stg_segment__event_table') }}
where not exists (
    select 1 from {{ ref('stg_segment__track') }} as tracks
    where tracks.id = stg_segment__event_table.id
)

union all

select
    {{ provenance('segment', 'page', record_id='id') }},
    {{ segment_call("'page_view'", page='coalesce(url, context_page_url)',
        referrer='coalesce(referrer, context_page_referrer)', properties={'name': 'name'}) }}
from {{ ref('stg_segment__page') }}

union all

select
    {{ provenance('segment', 'screen', record_id='id') }},
    {{ segment_call("'screen_view'", properties={'name': 'name'}) }}
from {{ ref('stg_segment__screen') }}

{% for call in ['identify', 'group', 'alias'] -%}
union all

select
    {{ provenance('segment', call, record_id='id') }},
    {{ segment_call("'" ~ call ~ "'", email='email' if call == 'identify' else 'null',
        browser='coalesce(previous_id, anonymous_id)' if call == 'alias' else 'anonymous_id') }}
from {{ ref('stg_segment__' ~ call) }}
{% endfor %}
