-- Grain: one raw row of HubSpot's form object.

{{ land('hubspot', 'form') }}
