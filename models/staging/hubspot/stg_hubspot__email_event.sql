-- Grain: one raw row of HubSpot's email event object.

{{ land('hubspot', 'email_event') }}
