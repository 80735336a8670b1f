{# What our selected definitions say about stages, as a CTE body: what earlier builds found, and what is
   found today. Each is about a record of the person: the one of the first finding, else the root. What
   is found today before something that was found earlier is late: what was judged stays judged. #}
{% macro definition_statements() %}
    select
        record_key, person_id, definition_id, definition_version, stage, qualified_at, trigger_id,
        false as is_late
    from {{ ref('int_definition__found') }}
    where person_id is not null
    union all
    select
        coalesce(remembered.record_key, roots.record_key) as record_key,
        today.person_id, today.definition_id, today.definition_version, today.stage,
        today.qualified_at, today.trigger_id,
        coalesce(today.qualified_at <= remembered.last_qualified_at, false) as is_late
    from {{ ref('qualification') }} as today
    left join {{ ref('int_person__members') }} as roots
        on today.person_id = roots.person_id
            and case when roots.is_root then 1 end = 1
    left join (
        select
            person_id,
            {{ first_by('record_key', ['qualified_at', 'record_key']) }} as record_key,
            max(qualified_at) as last_qualified_at
        from {{ ref('int_definition__found') }}
        group by person_id
    ) as remembered
        on today.person_id = remembered.person_id
    left join {{ ref('int_definition__found') }} as same
        on today.person_id = same.person_id
            and today.definition_id = same.definition_id
            and today.qualified_at = same.qualified_at
    where today.verdict = 'qualified' and today.is_selected and same.person_id is null
{%- endmacro %}
