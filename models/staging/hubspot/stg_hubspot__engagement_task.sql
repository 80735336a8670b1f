-- Grain: one raw row of HubSpot's engagement task object.

{{ land('hubspot', 'engagement_task') }}
