{# Query: each contact point, purpose and channel about which something was stated until a moment, with
   the newest of each kind of statement. One grouped pass over the ledger. #}
{% macro consent_subjects(moment) -%}
    select
        contact_point_hash,
        purpose,
        channel,
        max(case when {{ is_standing_grant(moment) }} and not {{ is_interest() }}
            then counts_from end) as own_consent_at,
        max(case when {{ is_standing_grant(moment) }} and {{ is_interest() }}
            then counts_from end) as own_interest_at,
        max(case when action = 'pending' then counts_from end) as last_pending_at,
        max(case when action = 'bounce' then counts_from end) as last_bounce_at,
        max(case when action in ('expire', 'erase') then counts_from end) as last_expiry_at,
        max(case when effective_to <= {{ moment }} then counts_from end) as last_ended_at
    from statements
    where counts_from <= {{ moment }}
    group by contact_point_hash, purpose, channel
{%- endmacro %}
