{# Every record of a person that somebody with a say called qualified, and when, as a CTE body: by what
   systems tell of its history, by our own definition where it moved the stage in this build, and in an
   earlier one, which stays so. The stage on a record alone hands nobody over: its time is not known. #}
{% macro qualified_records() -%}
    select asserted.subject_id as person_id, asserted.record_key, said.asserted_at, false as is_ours
    from {{ ref('int_lifecycle__asserted') }} as asserted
    inner join {{ ref('stage_assertion') }} as said
        on asserted.subject_id = said.subject_id
            and asserted.record_key = said._record_key
            and asserted.changed_at = said.asserted_at
            and asserted.stage = said.stage
    where asserted.subject_type = 'person' and asserted.stage = 'mql'
        and said._source_system <> 'definition'
        and said.authority_rank is not null
    union all
    select subject_id, 'definition:' || _record_key, asserted_at, true
    from {{ ref('stage_assertion') }}
    where stage = 'mql' and _source_system = 'definition' and not_counted_because is null
    union all
    select person_id, 'definition:' || record_key, qualified_at, true
    from {{ ref('int_definition__found') }}
    where stage = 'mql' and has_moved
{%- endmacro %}
