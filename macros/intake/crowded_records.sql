{# The rows of a CTE or table in two: the CTE `crowd`, whose record may have other rows, and the CTE
   `alone`, whose record has none. Records are told apart by a number, which costs a third of their
   names; where two have the same one, both are in the crowd, which changes nothing. #}
{% macro crowded_records(rows='judged') -%}
    {%- set record_number = working_hash("coalesce(source_record_id, '')") -%}
    {%- set same_record -%} {{ record_number }} = crowded.record_number {%- endset -%}
    crowded as (
        select {{ record_number }} as record_number
        from {{ rows }} as judged
        group by {{ record_number }}
        having count(*) > 1
    ),

    crowd as (
        select judged.*
        from {{ rows }} as judged
        inner join crowded
            on {{ same_record }}
    ),

    alone as (
        select judged.*
        from {{ rows }} as judged
        left join crowded
            on {{ same_record }}
        where crowded.record_number is null
    )
{%- endmacro %}
