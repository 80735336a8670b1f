-- Grain: one raw row of HubSpot's engagement contact object.

{{ land('hubspot', 'engagement_contact') }}
