{# The end of an intake model: puts each judged row into exactly one place.
   Reads the CTE `judged`, with the columns hold_reasons, exclude_reasons and notes (reason texts or
   null), and gives the CTE `placed`: the row of an erased person is blocked; an exact copy is a
   duplicate of the first; a row with a reason to hold is quarantined unless a waiver excuses each of
   its reasons, or a steward let it in for just those; one that a rule leaves out is excluded; every
   other is accepted, with its notes. The latest accepted version of a record is current. `also` names
   columns that tell rows of one raw row apart. `named` is how the record is named, as a column. Only
   records with several rows, which are few, are sorted. Of an entity with many rows (`many`) the ids of
   raw rows are not kept, and a full build judges each row by itself first; copies and versions are told
   apart in what it has written (tell_copies_apart). #}
{% macro placed(
    entity, rules, also=[], named="source_system || ':' || source_record_id as record_key", many=false
) -%}
    {% if not execute or waivable_reasons(entity, rules) -%}
    {{ excused(entity, rules) }},

    {% endif -%}
    {% if many and not is_incremental() -%}
    counted as (
        select *, 1 as version_number
        from ({{ decided('(select *, 1 as copy_number from judged)', entity, rules, also) }}) as decided
    ),
    {%- else -%}
    {{ crowded_records() }},

    copies as (
        select *, {{ copy_place(also) }} as copy_number
        from crowd
    ),

    versions as (
        select *, {{ version_place() }} as version_number
        from ({{ decided('copies', entity, rules, also) }}) as decided_copies
    ),

    counted as (
        select *, 1 as version_number
        from ({{ decided('(select *, 1 as copy_number from alone)', entity, rules, also) }}) as decided_alone
        union all
        select * from versions
    ),
    {%- endif %}

    placed as (
        select
            {{ provenance_columns() | join(', ') }},
            {%- for field in entity_columns(entity) %}
            {{ value_taken(field, rules) }},
            {%- endfor %}
            {{ named }},
            {{ '' if many else 'raw_row_id,' }}
            copy_number,
            case when copy_number > 1 then {{ raw_row_id(entity, also, '1') }} end as duplicate_of,
            {{ reason_codes(entity) }} as reason_codes,
            disposition,
            disposition = 'accepted' and version_number = 1 as is_current
        from counted
    )
{%- endmacro %}
