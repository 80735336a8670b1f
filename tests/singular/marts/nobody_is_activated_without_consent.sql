-- I7. No row of an activation mart is of a contact point whose consent today is another than allowed, that
-- bounced, or whose jurisdiction is unknown, nor of a person who is not live. If this fails, stop the
-- lists that are fed from the mart. A new activation mart is added to one of these lists: one of contact
-- points needs the columns person_id, contact_point_hash, purpose and channel; one of what colleagues
-- and tools do about a person needs person_id and consent_state, which is that of the person's own address.
-- No touch of who refuses analytics stands on a conversion's path.
{%- set activation_marts = ['activation_audience', 'segment_audience'] %}
{%- set outboxes = ['task_outbox', 'crm_writeback_outbox', 'notification_outbox'] %}
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
union all
{%- endfor %}
{%- for outbox in outboxes %}
select '{{ outbox }}' as mart, persons.email_key, 'marketing' as purpose, 'email' as channel
from {{ ref(outbox) }} as messages
inner join {{ ref('person') }} as persons
    on messages.person_id = persons.person_id
left join ({{ consent_states('marketing', 'email') }}) as consents
    on persons.email_key = consents.contact_point_hash
where messages.consent_state <> coalesce(consents.state, 'unknown')
union all
{%- endfor %}
select 'conversion_path' as mart, paths.person_id, 'analytics' as purpose, 'web' as channel
from {{ ref('conversion_path') }} as paths
inner join ({{ who_refuses('analytics', 'web') }}) as refusals
    on paths.person_id = refusals.person_id
