{# The end of a memory of states, after its CTE `states`: all of whoever is new, and the last one of
   whoever stands otherwise than remembered. It counts from when its records say that they were changed,
   but never from before the build that last saw it as it was: what that build judged stays judged.
   Of the columns `kept` the value that was said last stands where sources say nothing any more. #}
{% macro changed_states(id, columns, kept=[]) -%}
    stated as (
        select
            *,
            row_number() over (partition by {{ id }} order by valid_from desc) as states_ago
        from states
    ),

    known as (
        {{ last_states(id, columns) }}
    ),

    standing as (
        select
            stated.{{ id }},
            stated.valid_from,
            stated.created_at,
            stated.updated_at,
            stated.states_ago,
            {%- for column in columns %}
            {{ 'coalesce(stated.' ~ column ~ ', known.' ~ column ~ ') as ' ~ column
                if column in kept else 'stated.' ~ column }},
            {%- endfor %}
            known.{{ id }} is null as is_new,
            known.seen_at as last_seen_at,
            known.known_since,
            known.state_key
        from stated
        left join known
            on stated.{{ id }} = known.{{ id }}
    )

    select
        {{ id }},
        case
            when is_new then valid_from
            else {{ greatest_of([
                least_of(['coalesce(updated_at, ' ~ as_of() ~ ')', as_of()]), 'last_seen_at',
            ]) }}
        end as valid_from,
        {{ as_of() }} as seen_at,
        coalesce(known_since, created_at, updated_at, {{ as_of() }}) as known_since,
        {{ columns | join(', ') }}
    from standing
    where is_new or (states_ago = 1 and {{ state_key(columns) }} <> state_key)
{%- endmacro %}
