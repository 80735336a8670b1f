{# The ranks in force of each source system for the fields of one entity, one row per system that
   the CTE `records` holds, as a CTE body. A system without rules of its own takes those of its
   connector; a field without a rule of its own has null and falls back to `rank_of_all`. #}
{% macro source_ranks(entity, fields) -%}
    select
        systems.source_system,
        min(case when policy.field = '*' then policy.source_rank end) as rank_of_all
        {%- for field in fields %},
        min(case when policy.field = '{{ field }}' then policy.source_rank end) as rank_of_{{ field }}
        {%- endfor %}
    from (select distinct source_system, connector from records) as systems
    inner join {{ ref('policy_survivorship') }} as policy
        on policy.source_system = case
            when systems.source_system in (
                select named.source_system from {{ ref('policy_survivorship') }} as named
            ) then systems.source_system
            else systems.connector
        end
    where policy.entity = '{{ entity }}'
        and cast(policy.valid_from as date) <= cast({{ as_of() }} as date)
        and (policy.valid_to is null or cast(policy.valid_to as date) > cast({{ as_of() }} as date))
    group by systems.source_system
{%- endmacro %}
