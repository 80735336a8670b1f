-- Grain: one raw row of HubSpot's email campaign object.

{{ land('hubspot', 'email_campaign') }}
