-- Grain: one raw row of HubSpot's contact merge audit object.

{{ land('hubspot', 'contact_merge_audit') }}
