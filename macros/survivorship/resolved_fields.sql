{# The CTEs from `ranks` to `resolved`: one row per person or account, with the surviving value of each
   field. Reads the CTEs `records`, all that the fields are made of, and `members`, whose each of them is.
   Deleted records are counted, and say nothing. With `moments`: as the records stood at each `moment`. #}
{% macro resolved_fields(entity, fields, moments=false) -%}
    {%- set id, by = entity ~ '_id', entity ~ ('_id, moment' if moments else '_id') -%}
    ranks as ({{ source_ranks(entity, fields) }}),

    ranked as (
        select
            members.{{ id }},
            records.*,
            {{ recency('coalesce(records.record_updated_at, records.created_at)') }} as recency,
            {%- for field in fields %}
            ranks.rank_of_{{ field }},
            {%- endfor %}
            ranks.rank_of_all
        from records
        inner join members
            on records.record_key = members.record_key
        left join ranks
            on records.source_system = ranks.source_system
    ),

    survived as (
        select
            {{ by }},
            {%- for field, value in fields.items() %}
            {{ survivor(field, value) }} as {{ field }},
            {%- endfor %}
            max(record_updated_at) as updated_at
        from ranked
        where not is_deleted
        group by {{ by }}
    ),

    counted as (
        select
            {{ by }},
            count(*) as record_count,
            sum(case when is_deleted then 0 else 1 end) as live_record_count,
            min(created_at) as created_at,
            max(_loaded_at) as loaded_at,
            {{ ordered_list('source_system', 'source_system') }} as source_systems
        from ranked
        group by {{ by }}
    ),

    resolved as (
        select
            counted.*,
            survived.updated_at,
            {%- for field in fields %}
            survived.{{ field }}{{ ',' if not loop.last }}
            {%- endfor %}
        from counted
        left join survived
            on counted.{{ id }} = survived.{{ id }}
                {{ 'and counted.moment = survived.moment' if moments }}
    )
{%- endmacro %}
