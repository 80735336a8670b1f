{# Query: the raw rows of one scan, which `texts` gives as text, with the declared columns in their types
   as well. `numbers` names those that the scan has as whole numbers, in a column <name>__number. Where no
   loader says when it fetched a row (`has_sync_time`), no time is looked for. #}
{% macro landing_typed(table, texts, numbers={}, has_sync_time=true) -%}
    select
    {%- for column in table.columns %}
        {{ typed_value(column, column.name in numbers) }} as {{ column.name }},
        {{ column.name }}__raw,
    {%- endfor %}
        _source_file,
        _content_hash,
        _undeclared,
        _unparsable,
        {{ parse_timestamp('loaded_at__raw') if has_sync_time else 'cast(null as ' ~ dbt.type_timestamp() ~ ')' }}
            as _loaded_at
    from (
        {{ texts }}
    ) as texts
{%- endmacro %}
