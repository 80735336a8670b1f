{# Query: the raw rows of one scan, which `texts` gives as text, with the declared columns in their types
   as well. `numbers` names those that the scan has as whole numbers, in a column <name>__number. #}
{% macro landing_typed(table, texts, numbers={}) -%}
    select
    {%- for column in table.columns %}
        {{ typed_value(column, column.name in numbers) }} as {{ column.name }},
        {{ column.name }}__raw,
    {%- endfor %}
        _source_file,
        _content_hash,
        _undeclared,
        _unparsable,
        {{ parse_timestamp('loaded_at__raw') }} as _loaded_at
    from (
        {{ texts }}
    ) as texts
{%- endmacro %}
