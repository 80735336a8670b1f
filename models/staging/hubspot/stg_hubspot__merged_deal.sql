-- Grain: one raw row of HubSpot's merged deal object.

{{ land('hubspot', 'merged_deal') }}
