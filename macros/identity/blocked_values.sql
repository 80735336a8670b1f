{# Select of the values of a CTE (column `value`, in clear) that policy_blocked_identifier lists for a
   kind. Exact values are joined; the few patterns are compared with every distinct value. #}
{% macro blocked_values(candidates, id_type) -%}
    select candidates.value
    from {{ candidates }} as candidates
    inner join {{ ref('policy_blocked_identifier') }} as blocked
        on lower(candidates.value) = blocked.value
    where blocked.id_type = '{{ id_type }}' and blocked.match = 'exact' and {{ in_force('blocked') }}
    union
    select candidates.value
    from {{ candidates }} as candidates
    inner join {{ ref('policy_blocked_identifier') }} as blocked
        on lower(candidates.value) like blocked.value
    where blocked.id_type = '{{ id_type }}' and blocked.match = 'like' and {{ in_force('blocked') }}
{%- endmacro %}
