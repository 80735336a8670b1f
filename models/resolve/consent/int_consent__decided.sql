-- Grain: one contact point, purpose and channel about which something was stated.
{{ consent_as_of(as_of()) }}
