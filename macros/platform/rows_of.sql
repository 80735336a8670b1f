{# A query of literal rows: `columns` is {name: type}, `rows` a list of lists of texts (or none) in that
   order. An empty text is null; values other than texts are cast from their text. Made for hundreds of
   rows: one step of Jinja a row. #}
{% macro rows_of(columns, rows) -%}
    {{ return(adapter.dispatch('rows_of', 'customer_data_model')(columns, rows)) }}
{%- endmacro %}

{% macro default__rows_of(columns, rows, quote="''", backslash='\\') -%}
    select
        {%- for name, type in columns.items() %}
        cast(nullif({{ name }}, '') as {{ sql_type(type) }}) as {{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
    from (
        values
        {%- for row in rows or [columns | list] %}
        ('{{ row | map("default", "", true) | map("string") | map("replace", "\\", backslash) | map("replace", "'", quote) | join("', '") }}'){{ ',' if not loop.last }}
        {%- endfor %}
    ) as given ({{ columns | join(', ') }})
    {{- '\n    where 1 = 0' if not rows }}
{%- endmacro %}

{#- One text for all rows: tens of thousands of literals take a second to be understood, twice. -#}
{% macro duckdb__rows_of(columns, rows) -%}
    {%- set texts = [] -%}
    {%- for row in rows -%}
        {%- do texts.append(row | map('default', '', true) | map('string') | list) -%}
    {%- endfor -%}
    select
        {%- for name, type in columns.items() %}
        cast(nullif(given.texts[{{ loop.index }}], '') as {{ sql_type(type) }}) as {{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
    from (
        select unnest(from_json('{{ tojson(texts) | replace("'", "''") }}', '[["VARCHAR"]]')) as texts
    ) as given
{%- endmacro %}

{#- These engines read a backslash in a literal as an escape. -#}
{% macro spark__rows_of(columns, rows) -%}
    {{ customer_data_model.default__rows_of(columns, rows, "\\'", '\\\\') }}
{%- endmacro %}

{% macro snowflake__rows_of(columns, rows) -%}
    {{ customer_data_model.default__rows_of(columns, rows, "\\'", '\\\\') }}
{%- endmacro %}

{#- It has no values clause. -#}
{% macro bigquery__rows_of(columns, rows) -%}
    {%- for row in rows or [columns | list] %}
    select
        {%- for name, type in columns.items() %}
        cast(nullif({{ text_literal(row[loop.index0] | default('', true) | string) }}, '') as {{ sql_type(type) }}) as {{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
    {{ ('from (select 1 as one) where 1 = 0' if not rows) or ('union all' if not loop.last) or '' }}
    {%- endfor %}
{%- endmacro %}
