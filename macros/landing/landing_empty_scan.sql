{# No row, with the columns that `landing_scan` gives: the object has no file. #}
{% macro landing_empty_scan(table) -%}
    {%- set text = dbt.type_string() -%}
    {%- set texts -%}
    select
    {%- for column in table.columns %}
        cast(null as {{ text }}) as {{ column.name }}__raw,
    {%- endfor %}
        cast(null as {{ text }}) as _source_file,
        cast(null as {{ text }}) as _content_hash,
        cast(null as {{ text }}) as _undeclared,
        cast(null as {{ text }}) as _unparsable,
        cast(null as {{ text }}) as loaded_at__raw
    where 1 = 0
    {%- endset -%}
    {{ landing_typed(table, texts) }}
{%- endmacro %}
