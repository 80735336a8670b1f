{# A query of numbered rows, each with its id and its place, which a waiver or a steward's decision may
   have changed. `rows_from` is a CTE or a query in brackets. Where nothing was ever decided, the engine
   need not make the ids to look for decisions by. #}
{% macro decided(rows_from, entity, also) -%}
    {%- set decisions = quarantine_decisions() -%}
    {%- set has_none = execute and has_ledgers()
        and not run_query('select count(*) from ' ~ decisions).rows[0][0] -%}
    select
        named.*,
        {{ disposition() }} as disposition
    from (
        select *, {{ raw_row_id(entity, also, 'copy_number') }} as raw_row_id
        from {{ rows_from }} as numbered
    ) as named
    left join (select * from {{ decisions }}{{ ' where 1 = 0' if has_none }}) as decisions
        on named.raw_row_id = decisions.quarantine_id
    left join excused
        on named.connector = excused.connector
            and named.source_object = excused.source_object
            and named.hold_reasons = excused.hold_reasons
{%- endmacro %}
