{# CTEs from `versions` to `records`: for persons or accounts of which the exports show a record in
   several versions, or a history of one of `fields`, all their records as they stood at each moment at
   which one changed. What is known first stands for the time before. Reads the CTE `members`. #}
{% macro versions_then(entity, fields, columns) -%}
    {%- set id = entity ~ '_id' -%}
    {%- set record = 'partition by checked.record_key, checked.source_object' -%}
    {%- set newest = '_loaded_at desc nulls last, checked._content_hash desc nulls last' -%}
    versions as (
        select
            members.{{ id }},
            checked.*,
            count(*) over ({{ record }}) as version_count,
            case
                when lead(checked.record_key) over (
                    {{ record }} order by checked.record_updated_at desc nulls last, checked.{{ newest }}
                ) is null then {{ unknown_start() }}
                else checked.record_updated_at
            end as stands_from
        from {{ ref('int_' ~ entity ~ '__checked') }} as checked
        inner join members on checked.record_key = members.record_key
        where checked.disposition = 'accepted'
    ),

    told as ({{ told_fields(entity, fields) }}),

    moments as (
        select {{ id }}, stands_from as moment from versions
        where version_count > 1 and stands_from <= {{ as_of() }}
        union
        select {{ id }}, stands_from as moment from told
    ),

    told_then as (
        select
            moments.{{ id }}, moments.moment, told.record_key
            {%- for field in fields %},
            {{ last_by("case told.field when '" ~ field | replace('_', '') ~ "' then told.value end",
                ['told.stands_from', 'told.source_record_id']) }} as told_{{ field }}
            {%- endfor %}
        from moments
        inner join told
            on moments.{{ id }} = told.{{ id }} and told.stands_from <= moments.moment
        group by moments.{{ id }}, moments.moment, told.record_key
    ),

    standing as (
        select
            moments.moment, checked.*,
            row_number() over (
                partition by
                    moments.{{ id }}, moments.moment, checked.record_key, checked.source_object
                order by checked.stands_from desc, checked.{{ newest }}
            ) as versions_ago
        from moments
        inner join versions as checked
            on moments.{{ id }} = checked.{{ id }} and checked.stands_from <= moments.moment
    ),

    records as ({{ records_then(fields, columns) }})
{%- endmacro %}
