{# What the newest statements of each kind come to at a moment. Ties deny; a grant that has ended, or an
   opt-in that was not confirmed in time, grants nothing. #}
{% macro consent_state(moment) -%}
    case
        when last_denial_at >= coalesce(last_grant_at, last_denial_at) then 'denied'
        when last_expiry_at >= last_grant_at then 'unknown'
        when last_grant_at is not null then 'allowed'
        when last_pending_at is not null
            and {{ seconds_between('last_pending_at', moment) }}
                <= 86400 * {{ var('double_opt_in_days') }} then 'pending'
        when regime = 'opt_out' and purpose <> '*' and channel <> '*'
            and coalesce(last_pending_at, last_expiry_at, last_ended_at) is null then 'allowed'
        else 'unknown'
    end
{%- endmacro %}
