{# Run after a memory that names persons by their id alone: takes out those whose records were all
   erased, as the registry of ids says. #}
{% macro forget_erased_persons() -%}
    {%- if execute and run_query('select count(*) from ' ~ erasure_ledger('identifier')).rows[0][0] -%}
    delete from {{ this }}
    where person_id in (
        select registered.person_id from {{ ref('int_identity__registry') }} as registered
        group by registered.person_id
        having min(case when registered.record_key like 'erased:%' then 1 else 0 end) = 1
    )
    {%- endif -%}
{%- endmacro %}
