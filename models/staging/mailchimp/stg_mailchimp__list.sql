-- Grain: one row per raw row of Mailchimp's audiences.

{{ land('mailchimp', 'list') }}
