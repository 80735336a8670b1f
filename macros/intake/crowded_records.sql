{# The rows of the CTE `judged` in two: the CTE `crowd`, whose record has other rows, and the CTE
   `alone`, whose record has none. #}
{% macro crowded_records() -%}
    {%- set same_record -%}
        judged.connector = crowded.connector
            and judged.source_object = crowded.source_object
            and coalesce(judged.source_record_id, '') = crowded.crowded_record_id
    {%- endset -%}
    crowded as (
        select connector, source_object, coalesce(source_record_id, '') as crowded_record_id
        from judged
        group by connector, source_object, coalesce(source_record_id, '')
        having count(*) > 1
    ),

    crowd as (
        select judged.*
        from judged
        inner join crowded
            on {{ same_record }}
    ),

    alone as (
        select judged.*
        from judged
        left join crowded
            on {{ same_record }}
        where crowded.connector is null
    )
{%- endmacro %}
