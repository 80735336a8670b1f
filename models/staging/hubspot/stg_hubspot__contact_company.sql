-- Grain: one raw row of HubSpot's contact company object.

{{ land('hubspot', 'contact_company') }}
