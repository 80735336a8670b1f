{# A query of numbered rows, each with its id and its place, which a waiver or a steward's decision may
   have changed. `rows_from` is a CTE or a query in brackets. Where nothing was ever decided, or may be
   waived, nothing is looked for, so that the engine need not make the ids that decisions are found by. #}
{% macro decided(rows_from, entity, rules, also) -%}
    {%- set decisions = quarantine_decisions() -%}
    {%- set has_none = execute and has_ledgers()
        and not run_query('select count(*) from ' ~ decisions).rows[0][0] -%}
    {%- set may_excuse = not execute or waivable_reasons(entity, rules) -%}
    select
        named.*,
        {{ disposition(has_decisions=not has_none, has_excused=may_excuse) }} as disposition
    from (
        select *, {{ raw_row_id(entity, also, 'copy_number') }} as raw_row_id
        from {{ rows_from }} as numbered
    ) as named
    {%- if not has_none %}
    left join {{ decisions }} as decisions
        on named.raw_row_id = decisions.quarantine_id
    {%- endif %}
    {%- if may_excuse %}
    left join excused
        on named.connector = excused.connector
            and named.source_object = excused.source_object
            and named.hold_reasons = excused.hold_reasons
    {%- endif %}
{%- endmacro %}
