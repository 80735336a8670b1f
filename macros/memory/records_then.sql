{# The last CTE body of versions_then: one row per record and moment, each of `fields` as a history of
   it says, where there is one, or else as the record's version did. #}
{% macro records_then(fields, columns) -%}
    select
        standing.moment,
        {{ columns | join(', ') }}
        {%- for field in fields %},
        case
            when told_then.told_{{ field }} is null then standing.{{ field }}
            else nullif(told_then.told_{{ field }}, '')
        end as {{ field }}
        {%- endfor %}
    from standing
    left join told_then
        on standing.record_key = told_then.record_key
            and standing.moment = told_then.moment
    where standing.versions_ago = 1
{%- endmacro %}
