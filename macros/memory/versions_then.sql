{# CTEs from `versions` to `records`: for persons or accounts of which the exports show a record in
   several versions, all their records as they stood at each moment at which one of them changed. What
   is known first of a record stands for the time before. Reads the CTE `members`. #}
{% macro versions_then(entity, columns) -%}
    {%- set id = entity ~ '_id' -%}
    {%- set record = 'partition by checked.record_key, checked.source_object' -%}
    versions as (
        select
            members.{{ id }},
            checked.*,
            count(*) over ({{ record }}) as version_count,
            case
                when row_number() over (
                    {{ record }}
                    order by checked.record_updated_at nulls first, checked._loaded_at nulls first,
                        checked._content_hash nulls first
                ) = 1 then {{ unknown_start() }}
                else checked.record_updated_at
            end as stands_from
        from {{ ref('int_' ~ entity ~ '__checked') }} as checked
        inner join members
            on checked.record_key = members.record_key
        where checked.disposition = 'accepted'
    ),

    moments as (
        select distinct {{ id }}, stands_from as moment
        from versions
        where version_count > 1 and stands_from <= {{ as_of() }}
    ),

    standing as (
        select
            moments.moment,
            versions.*,
            row_number() over (
                partition by
                    moments.{{ id }}, moments.moment, versions.record_key, versions.source_object
                order by versions.stands_from desc, versions._loaded_at desc nulls last,
                    versions._content_hash desc nulls last
            ) as versions_ago
        from moments
        inner join versions
            on moments.{{ id }} = versions.{{ id }}
                and versions.stands_from <= moments.moment
    ),

    records as (
        select moment, {{ columns | join(', ') }} from standing
        where versions_ago = 1
    )
{%- endmacro %}
