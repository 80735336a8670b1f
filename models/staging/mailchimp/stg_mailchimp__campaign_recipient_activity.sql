-- Grain: one row per raw row of Mailchimp's campaign activity.

{{ land('mailchimp', 'campaign_recipient_activity') }}
