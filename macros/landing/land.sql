{# The body of a staging model: every raw row of one object, with no other than the declared columns,
   typed, and the landing columns behind them. #}
{% macro land(connector, object) -%}
{%- set raw = source(connector, object) -%}
{%- if not execute -%}
    select null as placeholder
{%- else -%}
{%- set table = landing_declaration(connector, object) -%}
{%- set scans = raw_scans(table, raw) -%}
{%- set table = dict(table, columns=written_columns(table, scans)) -%}
with typed as (
    {{ landing_scans(table, scans) }}
)

select
    {%- for column in table.columns %}
    case when _unparsable is null then {{ column.name }} end as {{ column.name }},
    {%- endfor %}
    _source_file,
    case when _unparsable is null then _content_hash else {{ dbt.hash(row_salt() ~ ' || _unparsable') }} end
        as _content_hash,
    case when _unparsable is null then {{ cast_failures(table.columns) }} end as _cast_failures,
    case when _unparsable is null then _undeclared end as _undeclared,
    _unparsable,
    cast(null as {{ dbt.type_bigint() }}) as _source_line,
    _loaded_at,
    {{ landing_number(table) }} as _landing
from typed
{%- if reads_tables() and table.get('load') == 'append' and is_incremental() %}
where _content_hash not in (select landed._content_hash from {{ this }} as landed)
{%- endif %}
{%- endif -%}
{%- endmacro %}
