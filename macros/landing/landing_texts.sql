{# Query: the raw rows of one scan as text, undeclared columns kept aside, with the row's hash, whose salt
   keeps whoever sees it outside the vault from trying what the row says. All values of a row that may be
   blank are looked at as one; few rows have to be looked at value by value. `found` is what
   resolve_columns found. #}
{% macro landing_texts(table, scan, found) -%}
    {%- set keeps_undeclared = found.undeclared and table.get('undeclared', 'keep') == 'keep' -%}
    {%- set hashed, may_be_blank, text = [], [], dbt.type_string() -%}
    {%- for column in table.columns if column.name in found.declared -%}
        {%- if column.data_type != 'json' and column.name not in found.numbers -%}
            {%- do may_be_blank.append(column.name ~ '__text') -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for column in found.undeclared if keeps_undeclared -%}
        {%- do may_be_blank.append('_undeclared_' ~ loop.index) -%}
    {%- endfor -%}
    select
    {%- for column in table.columns %}
        {%- if column.name not in found.declared %}
        cast(null as {{ text }}) as {{ column.name }}__raw,
        {%- else %}
        {{ blank_to_null(column.name ~ '__text', '_has_blank') if column.name ~ '__text' in may_be_blank
            else column.name ~ '__text' }} as {{ column.name }}__raw,
        {%- endif %}
        {%- if column.name in found.numbers %}
        {{ column.name }}__number,
        {%- endif %}
    {%- endfor %}
        _source_file,
        {{ dbt.hash(row_salt() ~ ' || _row_text') }} as _content_hash,
        {{ undeclared_values(found.undeclared) if keeps_undeclared else 'cast(null as ' ~ text ~ ')' }}
            as _undeclared,
        _unparsable,
        loaded_at__raw
    from (
        select *, {{ has_blank(may_be_blank) }} as _has_blank
        from (
            select
            {%- for column in table.columns if column.name in found.declared %}
                {%- do hashed.append((column.name, found.declared[column.name])) %}
                {{ found.declared[column.name] }} as {{ column.name }}__text,
                {%- if column.name in found.numbers %}
                {{ found.numbers[column.name] }} as {{ column.name }}__number,
                {%- endif %}
            {%- endfor %}
            {%- for column in found.undeclared %}
                {%- do hashed.append((column.name, column.expression)) %}
                {%- if keeps_undeclared %}
                {{ column.expression }} as _undeclared_{{ loop.index }},
                {%- endif %}
            {%- endfor %}
                {{ scan.file }} as _source_file,
                {{ row_text(hashed) }} as _row_text,
                {{ scan.unparsable or 'cast(null as ' ~ text ~ ')' }} as _unparsable,
                {{ found.loaded_at or 'cast(null as ' ~ text ~ ')' }} as loaded_at__raw
            from {{ scan.scan }}
        ) as texts
    ) as looked_at
{%- endmacro %}
