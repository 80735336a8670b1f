{# Run last after a staging model: clears the rows of people who were erased or whose time is up, those
   that landed just now and those that stood there. `all`: a row about the person keeps nothing, an
   event stays as one of nobody, of a row about something else only what names the person goes.
   `identifiers`: the row stays and who it is goes. `behaviour`: what the person did before a day stays
   as somebody's. What a list held may have to move into a column that no export has: all are there then. #}
{% macro erase_landed() -%}
    {%- set scopes = erasure_scopes() if model.name.startswith('stg_') else [] -%}
    {%- for scope in scopes -%}
        {%- set table = landing_declaration(*model.name[4:].split('__')) -%}
        {%- for column in absent_columns(this, table) -%}
            {%- do run_query(
                'alter table ' ~ this ~ ' add column ' ~ column.name ~ ' ' ~ sql_type(column.data_type)
            ) -%}
        {%- endfor -%}
        {%- set assignments = erasure_assignments(table, scope) -%}
        {%- set condition = erased_rows(table, scope) -%}
        {%- if assignments and condition | trim %}
        update {{ this }} set
            _content_hash = {{ keyed_hash("coalesce(_content_hash, '')") }},
            _cast_failures = null,
            _undeclared = null,
            {%- if table.get('load') == 'append' %}
            _landing = (select coalesce(max(landing), 0) + 1 from {{ landing_ledger() }}),
            {%- endif %}
            {{ assignments }}
        where {{ condition }};
        {%- if table.get('load') == 'append' %}
        insert into {{ landing_ledger() }}
        select '{{ table.connector }}', '{{ table.object }}', 'erasure ' || max(_landing), '', max(_landing)
        from {{ this }}
        having max(_landing) > (select coalesce(max(landing), 0) from {{ landing_ledger() }});
        {%- endif %}
        {%- endif -%}
    {%- endfor -%}
{%- endmacro %}
