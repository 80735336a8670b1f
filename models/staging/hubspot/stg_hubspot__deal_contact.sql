-- Grain: one raw row of HubSpot's deal contact object.

{{ land('hubspot', 'deal_contact') }}
