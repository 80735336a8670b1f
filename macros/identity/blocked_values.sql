{# Derived table of one row: the blocked values of a kind as one regular expression. #}
{% macro blocked_values(id_type) -%}
    (
        select coalesce({{ ordered_list(
            "case when match = 'pattern' then '(' || value || ')' else "
            ~ "'^' || " ~ regex_replace('value', '([^a-z0-9@-])', '[\\1]') ~ " || '$' end",
            separator='|'
        ) }}, '^$') as pattern
        from {{ ref('policy_blocked_identifier') }} as blocked
        where id_type = '{{ id_type }}' and {{ in_force('blocked') }}
    )
{%- endmacro %}
