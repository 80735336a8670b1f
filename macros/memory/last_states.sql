{# The last state that a memory holds of each, before this build; none on the first one. A CTE body. #}
{% macro last_states(id, columns) -%}
    select *, {{ state_key(columns) }} as state_key
    from (
        {%- if is_incremental() %}
        select
            {{ id }},
            seen_at,
            known_since,
            {{ columns | join(', ') }},
            row_number() over (partition by {{ id }} order by valid_from desc) as states_ago
        from {{ this }}
        {%- else %}
        select
            {{ id }},
            valid_from as seen_at,
            valid_from as known_since,
            {{ columns | join(', ') }},
            1 as states_ago
        from states
        where 1 = 0
        {%- endif %}
    ) as remembered
    where states_ago = 1
{%- endmacro %}
