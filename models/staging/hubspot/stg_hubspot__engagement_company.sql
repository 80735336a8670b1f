-- Grain: one raw row of HubSpot's engagement company object.

{{ land('hubspot', 'engagement_company') }}
