-- Grain: one raw row of HubSpot's engagement communication object.

{{ land('hubspot', 'engagement_communication') }}
