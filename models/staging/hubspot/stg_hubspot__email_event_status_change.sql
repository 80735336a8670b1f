-- Grain: one raw row of HubSpot's email event status change object.

{{ land('hubspot', 'email_event_status_change') }}
