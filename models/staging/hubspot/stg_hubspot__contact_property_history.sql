-- Grain: one raw row of HubSpot's contact property history object.

{{ land('hubspot', 'contact_property_history') }}
