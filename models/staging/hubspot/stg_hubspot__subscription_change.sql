-- Grain: one raw row of HubSpot's subscription change object.

{{ land('hubspot', 'subscription_change') }}
