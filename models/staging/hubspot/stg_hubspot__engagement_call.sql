-- Grain: one raw row of HubSpot's engagement call object.

with landed as (
    {{ land('hubspot', 'engagement_call') }}
)

-- HubSpot's own outcomes come as ids that are the same in every portal.
select
    *,
    case hs_call_disposition
        when '9d9162e7-6cf3-4944-bf63-4dff82258764' then 'Busy'
        when 'f240bbac-87c9-4f6e-bf70-924b57d47db7' then 'Connected'
        when 'a4c4c377-d246-4b32-a13b-75a56a4cd0ff' then 'Left live message'
        when 'b2cf5968-551e-4856-9783-52b3da59a7d0' then 'Left voicemail'
        when '73a0d17f-1163-4015-bdd5-ec830791da20' then 'No answer'
        when '17b47fee-58de-441e-a44c-c6300d46f273' then 'Wrong number'
        else coalesce(hs_call_disposition, hs_call_status)
    end as call_outcome
from landed
