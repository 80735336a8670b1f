{# Query: the raw rows of one scan as text, undeclared columns kept aside, with the row's hash, whose salt
   keeps whoever sees it outside the vault from trying what the row says. `found` is what resolve_columns
   found. #}
{% macro landing_texts(table, scan, found) -%}
    {%- set keeps_undeclared = found.undeclared and table.get('undeclared', 'keep') == 'keep' -%}
    {%- set hashed, text = [], dbt.type_string() -%}
    {%- for column in table.columns if column.name in found.declared -%}
        {%- do hashed.append((column.name, column.name ~ '__text')) -%}
    {%- endfor -%}
    {%- for column in found.undeclared -%}
        {%- do hashed.append((column.name, '_undeclared_' ~ loop.index)) -%}
    {%- endfor -%}
    select
    {%- for column in table.columns %}
        {%- set is_never_blank = column.data_type == 'json' or column.name in found.numbers %}
        {%- if column.name not in found.declared %}
        cast(null as {{ text }}) as {{ column.name }}__raw,
        {%- else %}
        {{ column.name ~ '__text' if is_never_blank else blank_to_null(column.name ~ '__text') }}
            as {{ column.name }}__raw,
        {%- endif %}
        {%- if column.name in found.numbers %}
        {{ column.name }}__number,
        {%- endif %}
    {%- endfor %}
        _source_file,
        {{ dbt.hash(row_text(hashed, row_salt(), is_short=table.get('load') == 'append')) }} as _content_hash,
        {{ undeclared_values(found.undeclared) if keeps_undeclared else 'cast(null as ' ~ text ~ ')' }}
            as _undeclared,
        _unparsable,
        loaded_at__raw
    from (
        select
        {%- for column in table.columns if column.name in found.declared %}
            {{ found.declared[column.name] }} as {{ column.name }}__text,
            {%- if column.name in found.numbers %}
            {{ found.numbers[column.name] }} as {{ column.name }}__number,
            {%- endif %}
        {%- endfor %}
        {%- for column in found.undeclared %}
            {{ column.expression }} as _undeclared_{{ loop.index }},
        {%- endfor %}
            {{ scan.file }} as _source_file,
            {{ scan.unparsable or 'cast(null as ' ~ text ~ ')' }} as _unparsable,
            {{ found.loaded_at or 'cast(null as ' ~ text ~ ')' }} as loaded_at__raw
        from {{ scan.scan }}
    ) as texts
{%- endmacro %}
