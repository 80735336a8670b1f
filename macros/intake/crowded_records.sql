{# The rows of a CTE or table in two: the CTE `crowd`, whose record may have other rows, and the CTE
   `alone`, whose record has none. Records are told apart by a number, which costs a third of their
   names; where two have the same one, both are in the crowd, which changes nothing. `number` is that
   number, where the rows have it. #}
{% macro crowded_records(rows='judged', number=record_number('judged')) -%}
    {%- set same_record -%} {{ number }} = crowded.record_number {%- endset -%}
    crowded as (
        select {{ number }} as record_number
        from {{ rows }} as judged
        group by {{ number }}
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
