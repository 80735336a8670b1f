{# What persons and their firms are like, as a CTE body: each attribute that criteria can look at, and the
   address, from when it stands to `replaced_at`, null while it does. It stands while its value does,
   whatever else changes. Of titles only whether there is one; what they say are attributes of their own. #}
{% macro standing_attributes() -%}
    select *, lead(valid_from) over (
        partition by person_id, attribute order by valid_from
    ) as replaced_at
    from (
        select *, lag(value) over (
            partition by person_id, attribute order by valid_from
        ) as value_before
        from (
            {%- for attribute in scored_attributes() + ['email_key'] %}
            select
                person_id, known_since, valid_from, '{{ attribute }}' as attribute,
                {%- if attribute == 'job_title' %}
                case when job_title is null then '(unknown)' else 'known' end as value
                {%- else %}
                lower(coalesce({{ attribute }}, '(unknown)')) as value
                {%- endif %}
            from {{ ref('lead_profile') }}
            {{ 'union all' if not loop.last }}
            {%- endfor %}
        ) as attributes
    ) as compared
    where value_before is null or value <> value_before
{%- endmacro %}
