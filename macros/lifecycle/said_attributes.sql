{# CTEs that end in `said`: what profiles say of persons and their firms, each attribute that criteria can
   look at, from when it was said to when something else was. Of titles only whether there is one; what they
   say are attributes of their own. Most say one thing for ever (`is_constant`), which needs no order. #}
{% macro said_attributes() -%}
    profiles as (
        {%- for attribute in scored_attributes() %}
        select
            person_id, known_since, valid_from, valid_to, '{{ attribute }}' as attribute,
            {%- if attribute == 'job_title' %}
            case when job_title is null then '(unknown)' else 'known' end as value
            {%- else %}
            lower(coalesce({{ attribute }}, '(unknown)')) as value
            {%- endif %}
        from {{ ref('lead_profile') }}
        {{ 'union all' if not loop.last }}
        {%- endfor %}
    ),

    said as (
        select person_id, known_since, attribute, value, valid_from, valid_to, true as is_constant
        from profiles
        where {{ is_constant() }}
        union all
        select
            person_id, known_since, attribute, value, valid_from,
            lead(valid_from) over (
                partition by person_id, attribute order by valid_from
            ) as valid_to,
            false as is_constant
        from (
            select *, lag(value) over (
                partition by person_id, attribute order by valid_from
            ) as value_before
            from profiles
            where not {{ is_constant() }}
        ) as compared
        where value_before is null or value <> value_before
    )
{%- endmacro %}
