-- Grain: one raw row of HubSpot's engagement meeting object.

{{ land('hubspot', 'engagement_meeting') }}
