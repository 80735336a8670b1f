-- Grain: one raw row of HubSpot's engagement call object.

{{ land('hubspot', 'engagement_call') }}
