-- Grain: one raw row of HubSpot's deal company object.

{{ land('hubspot', 'deal_company') }}
