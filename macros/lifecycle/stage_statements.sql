{# What systems and our selected definitions say about stages, in one shape, as a CTE body: the
   histories of systems, for those without one the stage on the record, and our definitions. #}
{% macro stage_statements(stages) %}
    {%- for statements in [ref('int_lifecycle__asserted'), ref('int_lifecycle__recorded')] %}
    select
        {{ surrogate_key('ast', ['raw_row_id', 'subject_id']) }} as assertion_id,
        subject_type, subject_id, record_key, stage, stage_rank, changed_at, asserted_by, reason,
        connector, source_system, source_record_id, _loaded_at,
        cast(null as {{ dbt.type_string() }}) as definition_id,
        cast(null as {{ dbt.type_int() }}) as definition_version,
        false as is_late
    from {{ statements }}
    where stage is not null
    union all
    {%- endfor %}
    select
        {{ surrogate_key('ast', ['verdicts.definition_id', 'verdicts.record_key',
            'cast(verdicts.qualified_at as ' ~ dbt.type_string() ~ ')']) }} as assertion_id,
        'person' as subject_type, verdicts.person_id as subject_id, verdicts.record_key,
        stages.stage, stages.stage_rank, verdicts.qualified_at as changed_at,
        'definition' as asserted_by, null as reason,
        'definition' as connector, 'definition' as source_system,
        verdicts.trigger_id as source_record_id, null as _loaded_at,
        verdicts.definition_id, verdicts.definition_version, verdicts.is_late
    from ({{ definition_statements() }}) as verdicts
    inner join {{ stages }} as stages
        on verdicts.stage = stages.stage
{%- endmacro %}
