{# The rows that an earlier build left in this table, as a CTE body; none at the first build. #}
{% macro earlier_rows(columns) -%}
    {%- if is_incremental() %}
    select {{ columns | join(', ') }} from {{ this }}
    {%- else %}
    select
        {%- for column in columns %}
        cast(null as {{ dbt.type_timestamp() if column.endswith('_at') else dbt.type_string() }}) as {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    where 1 = 0
    {%- endif %}
{%- endmacro %}
