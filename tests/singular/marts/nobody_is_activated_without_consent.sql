-- I7. No row of an activation mart is of a contact point whose consent today is another than allowed, that
-- bounced, or whose jurisdiction is unknown, nor of a person who is not live. If this fails, stop the
-- lists that are fed from the mart. A new activation mart is added to this list; it needs the columns
-- person_id, contact_point_hash, purpose and channel.
{%- set activation_marts = ['activation_audience'] %}
{%- for mart in activation_marts %}
select '{{ mart }}' as mart, activated.contact_point_hash, activated.purpose, activated.channel
from {{ ref(mart) }} as activated
left join {{ ref('consent_current') }} as consents
    on activated.contact_point_hash = consents.contact_point_hash
        and activated.purpose = consents.purpose
        and activated.channel = consents.channel
left join {{ ref('person') }} as persons
    on activated.person_id = persons.person_id
where coalesce(consents.state, 'unknown') <> 'allowed'
    or consents.is_bounced
    or consents.jurisdiction is null
    or coalesce(persons.status, 'unknown') <> 'live'
{{ 'union all' if not loop.last }}
{%- endfor %}
