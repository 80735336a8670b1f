-- Grain: one raw row of HubSpot's owner object.

{{ land('hubspot', 'owner') }}
