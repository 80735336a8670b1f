-- Grain: one raw row of HubSpot's engagement note object.

{{ land('hubspot', 'engagement_note') }}
