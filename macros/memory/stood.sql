{# CTEs that end in `stood`: earlier versions of persons or accounts as they stood then, and from the
   last one on what is known today; the only state of whoever has no versions. #}
{% macro stood(entity, columns) -%}
    {%- set id = entity ~ '_id' -%}
    versions as (
        select
            *,
            row_number() over (partition by {{ id }} order by moment desc) as versions_ago
        from {{ ref('int_' ~ entity ~ '__versions') }}
    ),

    stood as (
        select {{ id }}, moment as valid_from, created_at, updated_at, {{ columns | join(', ') }}
        from versions
        where versions_ago > 1
        union all
        select
            today.{{ id }}, coalesce(versions.moment, {{ unknown_start() }}) as valid_from,
            today.created_at, today.updated_at, today.{{ columns | join(', today.') }}
        from {{ ref('int_' ~ entity ~ '__resolved') }} as today
        left join versions
            on today.{{ id }} = versions.{{ id }}
                and case when versions.versions_ago = 1 then 1 end = 1
    )
{%- endmacro %}
