{# The end of a memory of states, after its CTE `states`: all of whoever is new, and the last one of
   whoever stands otherwise than remembered. It counts from when its records say that they were changed,
   but never from before the build that last saw it as it was: what that build judged stays judged. #}
{% macro changed_states(id, columns) -%}
    stated as (
        select
            *,
            {{ state_key(columns) }} as state_key,
            row_number() over (partition by {{ id }} order by valid_from desc) as states_ago
        from states
    ),

    remembered as (
        {%- if is_incremental() %}
        select
            {{ id }},
            seen_at,
            known_since,
            {{ state_key(columns) }} as state_key,
            row_number() over (partition by {{ id }} order by valid_from desc) as states_ago
        from {{ this }}
        {%- else %}
        select
            {{ id }},
            valid_from as seen_at,
            valid_from as known_since,
            state_key,
            1 as states_ago
        from stated
        where 1 = 0
        {%- endif %}
    ),

    known as (
        select * from remembered
        where states_ago = 1
    )

    select
        stated.{{ id }},
        case
            when known.{{ id }} is null then stated.valid_from
            else {{ greatest_of([
                least_of(['coalesce(stated.updated_at, ' ~ as_of() ~ ')', as_of()]), 'known.seen_at',
            ]) }}
        end as valid_from,
        {{ as_of() }} as seen_at,
        coalesce(known.known_since, stated.created_at, stated.updated_at, {{ as_of() }})
            as known_since,
        {%- for column in columns %}
        stated.{{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    from stated
    left join known
        on stated.{{ id }} = known.{{ id }}
    where known.{{ id }} is null
        or (stated.states_ago = 1 and stated.state_key <> known.state_key)
{%- endmacro %}
