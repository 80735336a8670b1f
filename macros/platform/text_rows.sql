{#- The body of a CTE: a list of rows of texts, known while compiling. One row per item of `rows`,
    each a list of texts (none as null) in the order of `columns`. -#}
{% macro text_rows(columns, rows) %}
    {{- return(adapter.dispatch('text_rows', 'customer_data_model')(columns, rows)) -}}
{% endmacro %}

{% macro default__text_rows(columns, rows) -%}
    {%- for row in rows or [columns] %}
    select
        {%- for text in row %}
        cast({{ text_literal(text) }} as {{ sql_type('string') }}) as {{ columns[loop.index0] }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
    {%- if not rows %}
    where 1 = 0
    {%- endif %}
{%- endmacro %}

{#- One list in place of a select per row, whose planning takes long when rows are many. -#}
{% macro duckdb__text_rows(columns, rows) -%}
    select
        {%- for column in columns %}
        cast({{ column }} as {{ sql_type('string') }}) as {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    from (values
        {%- for row in rows or [columns] %}
        (
            {%- for text in row %}{{ text_literal(text) }}{{ ', ' if not loop.last }}{% endfor -%}
        ){{ ',' if not loop.last }}
        {%- endfor %}
    ) as listed ({{ columns | join(', ') }})
    {%- if not rows %}
    where 1 = 0
    {%- endif %}
{%- endmacro %}

{% macro postgres__text_rows(columns, rows) -%}
    {{ customer_data_model.duckdb__text_rows(columns, rows) }}
{%- endmacro %}
