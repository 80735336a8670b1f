-- Grain: one raw row of HubSpot's contact form submission object.

{{ land('hubspot', 'contact_form_submission') }}
