-- Grain: one raw row of HubSpot's engagement deal object.

{{ land('hubspot', 'engagement_deal') }}
