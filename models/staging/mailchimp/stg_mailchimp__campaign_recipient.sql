-- Grain: one row per raw row of Mailchimp's campaign recipients.

{{ land('mailchimp', 'campaign_recipient') }}
