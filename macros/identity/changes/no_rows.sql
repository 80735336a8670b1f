{# Select of no rows, with these columns: {name: type}. #}
{% macro no_rows(columns) -%}
    select
        {%- for column, type in columns.items() %}
        cast(null as {{ sql_type(type) }}) as {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    where 1 = 0
{%- endmacro %}
