-- Grain: one raw row of HubSpot's company property history object.

{{ land('hubspot', 'company_property_history') }}
