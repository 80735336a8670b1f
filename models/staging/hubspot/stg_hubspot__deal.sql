-- Grain: one raw row of HubSpot's deal object.

{{ land('hubspot', 'deal') }}
