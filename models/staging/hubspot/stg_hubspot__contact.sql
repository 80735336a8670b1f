-- Grain: one raw row of HubSpot's contact object.

{{ land('hubspot', 'contact') }}
