-- Grain: one raw row of HubSpot's company object.

{{ land('hubspot', 'company') }}
