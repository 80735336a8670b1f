{# What a statement about consent does, in canonical words, from the words that systems use for it. #}
{% macro consent_action(expr) -%}
    {%- set word = regex_replace('lower(' ~ expr ~ ')', '[^a-z]', '') -%}
    case
        when {{ word }} in ('optin', 'optedin', 'subscribe', 'subscribed', 'granted', 'consented', 'accept', 'accepted')
            then 'grant'
        when {{ word }} in ('optout', 'optedout', 'unsubscribe', 'unsubscribed', 'revoke', 'revoked', 'withdrawn')
            then 'withdraw'
        when {{ word }} in ('denied', 'reject', 'rejected', 'refuse', 'refused', 'decline', 'declined')
            then 'deny'
        when {{ word }} in ('objected', 'objection') then 'object'
        when {{ word }} in ('confirmed', 'doubleoptin') then 'confirm'
        when {{ word }} in ('bounced', 'cleaned') then 'bounce'
        when {{ word }} = 'expired' then 'expire'
        else nullif({{ word }}, '')
    end
{%- endmacro %}
