{# The end of an intake model: puts each judged row into exactly one place.
   Reads the CTE `judged`, with the columns hold_reasons, exclude_reasons and notes (reason texts or
   null), and gives the CTE `placed`: the row of an erased person is blocked; an exact copy is a
   duplicate of the first; a row with a reason to hold is quarantined unless a waiver excuses each of
   its reasons, or a steward let it in for just those; one that a rule leaves out is excluded; every other is accepted, with its notes.
   The latest accepted version of a record is current. `also` names columns that tell rows of one raw
   row apart. `named` is how the record is named, as a column. Only records with several rows,
   which are few, are sorted. #}
{% macro placed(
    entity, also=[], named="source_system || ':' || source_record_id as record_key"
) -%}
    {%- set rules = declared_rules(entity) -%}
    {{ crowded_records() }},

    {{ excused(entity) }},

    copies as (
        select *, row_number() over (
            partition by connector, source_object, _content_hash, source_record_id
                {%- for column in also %}, {{ column }}{% endfor %}
            order by _source_file, _source_row
        ) as copy_number
        from crowd
    ),

    versions as (
        select *, row_number() over (
            partition by source_system, source_object, source_record_id, disposition
            order by
                record_updated_at desc nulls last,
                _loaded_at desc nulls last,
                _content_hash desc nulls last
        ) as version_number
        from ({{ decided('copies', entity, also) }}) as decided_copies
    ),

    counted as (
        select *, 1 as version_number
        from ({{ decided('(select *, 1 as copy_number from alone)', entity, also) }}) as decided_alone
        union all
        select * from versions
    ),

    placed as (
        select
            {{ provenance_columns() | join(', ') }},
            {%- for field in entity_columns(entity) %}
            {{ value_taken(field, rules) }},
            {%- endfor %}
            {{ named }},
            raw_row_id,
            copy_number,
            case when copy_number > 1 then {{ raw_row_id(entity, also, '1') }} end as duplicate_of,
            {{ reason_codes(entity) }} as reason_codes,
            disposition,
            disposition = 'accepted' and version_number = 1 as is_current
        from counted
    )
{%- endmacro %}
