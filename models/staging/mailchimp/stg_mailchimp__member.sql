-- Grain: one row per raw row of Mailchimp's audience members.

{{ land('mailchimp', 'member') }}
