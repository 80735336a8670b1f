-- Grain: one raw row of HubSpot's engagement email object.

{{ land('hubspot', 'engagement_email') }}
