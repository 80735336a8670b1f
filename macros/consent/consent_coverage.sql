{# Query: the newest denials until a moment at each contact point, those made there and those that its
   person made anywhere. `purpose` and `channel` say whether denials of one are asked for, or those of
   all, which cover each. #}
{% macro consent_coverage(moment, purpose, channel) -%}
    select
        contact_point_hash,
        purpose,
        channel,
        max(counts_from) as any_denial_at,
        max(case when is_own then counts_from end) as own_denial_at,
        max(case when action = 'object' then counts_from end) as any_objection_at,
        max(case when action = 'object' and is_own then counts_from end) as own_objection_at
    from denials
    where counts_from <= {{ moment }}
        and purpose {{ '=' if purpose == 'all' else '<>' }} '*'
        and channel {{ '=' if channel == 'all' else '<>' }} '*'
    group by contact_point_hash, purpose, channel
{%- endmacro %}
