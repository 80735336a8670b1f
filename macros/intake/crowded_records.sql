{# The CTE `marked`: the CTE `judged`, each row told whether its record has other rows. #}
{% macro crowded_records() -%}
    crowded as (
        select connector, source_object, coalesce(source_record_id, '') as crowded_record_id
        from judged
        group by connector, source_object, coalesce(source_record_id, '')
        having count(*) > 1
    ),

    marked as (
        select judged.*, crowded.connector is not null as is_crowded
        from judged
        left join crowded
            on judged.connector = crowded.connector
                and judged.source_object = crowded.source_object
                and coalesce(judged.source_record_id, '') = crowded.crowded_record_id
    )
{%- endmacro %}
