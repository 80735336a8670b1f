{# The end of an intake model: puts each judged row into exactly one place.

   Reads the CTE `judged`, with the columns hold_reasons, exclude_reasons and notes (reason texts or
   null), and gives the CTE `placed`: an exact copy is a duplicate of the first; a row with a reason
   to hold is quarantined; one that a rule leaves out is excluded; every other is accepted, with its
   notes. `also` names columns that tell rows of one raw row apart. The latest accepted version of a
   record is current. #}
{% macro placed(entity, also=[]) -%}
    {%- set row_parts = [
        'connector', 'source_object', 'coalesce(_content_hash, source_record_id)',
    ] + also -%}
    counted as (
        select
            *,
            row_number() over (
                partition by connector, source_object, _content_hash, source_record_id
                    {%- for column in also %}, {{ column }}{% endfor %}
                order by _source_file, _source_row
            ) as copy_number
        from judged
    ),

    decided as (
        select
            *,
            source_system || ':' || source_record_id as record_key,
            {{ surrogate_key('row', row_parts + ["'" ~ entity ~ "'", 'copy_number']) }} as raw_row_id,
            case when copy_number > 1 then
                {{ surrogate_key('row', row_parts + ["'" ~ entity ~ "'", '1']) }}
            end as duplicate_of,
            case
                when copy_number > 1 then 'duplicate'
                when hold_reasons is not null then 'quarantined'
                when exclude_reasons is not null then 'excluded'
                else 'accepted'
            end as disposition
        from counted
    ),

    placed as (
        select
            {%- for column in provenance_columns() %}
            {{ column }},
            {%- endfor %}
            {%- for column in entity_columns(entity) %}
            {{ column }},
            {%- endfor %}
            record_key,
            raw_row_id,
            copy_number,
            duplicate_of,
            case disposition
                when 'duplicate' then '{{ entity }}.row.duplicate'
                else nullif(substr(concat(
                    coalesce(hold_reasons, ''), coalesce(exclude_reasons, ''), coalesce(notes, '')
                ), 2), '')
            end as reason_codes,
            disposition,
            row_number() over (
                partition by source_system, source_object, source_record_id, disposition
                order by
                    record_updated_at desc nulls last,
                    _loaded_at desc nulls last,
                    _content_hash desc nulls last
            ) = 1 and disposition = 'accepted' as is_current
        from decided
    )
{%- endmacro %}
