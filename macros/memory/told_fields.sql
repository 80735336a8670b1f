{# CTE body: what histories of properties say about fields of the records of `members`, and from when.
   What a history names first stands for the time before; an emptied field is an empty text. #}
{% macro told_fields(entity, fields) -%}
    {%- set field = stage_word('changes.field_name') -%}
    select
        members.{{ entity }}_id,
        members.record_key,
        {{ field }} as field,
        coalesce(changes.to_value, '') as value,
        changes.source_record_id,
        case
            when row_number() over (
                partition by members.record_key, {{ field }}
                order by changes.changed_at, changes.source_record_id
            ) = 1 then {{ unknown_start() }}
            else changes.changed_at
        end as stands_from
    from {{ ref('int_lifecycle_change__checked') }} as changes
    inner join members
        on changes.source_system || ':' || changes.subject_record_id = members.record_key
    where changes.disposition = 'accepted'
        and changes.subject_type = '{{ entity }}'
        and {{ field }} in ('{{ fields | map('replace', '_', '') | join("', '") }}')
{%- endmacro %}
