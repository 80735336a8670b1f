-- Grain: one row per raw row of Mailchimp's unsubscribes.

{{ land('mailchimp', 'unsubscribe') }}
