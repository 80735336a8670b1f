-- Grain: one row per raw row of Mailchimp's campaigns.

{{ land('mailchimp', 'campaign') }}
