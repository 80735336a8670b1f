-- Grain: one raw row of HubSpot's engagement object.

{{ land('hubspot', 'engagement') }}
