-- Grain: one raw row of HubSpot's deal property history object.

{{ land('hubspot', 'deal_property_history') }}
