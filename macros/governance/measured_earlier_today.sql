{# What earlier builds of the day measured, and what the first of them found, as a CTE body. A state
   from before that was kept has nothing to go on from. #}
{% macro measured_earlier_today() -%}
    {%- if is_incremental() and 'first_value' in adapter.get_columns_in_relation(this) | map(attribute='name') %}
    select metric, object_name, column_name, first_value from {{ this }}
    where as_of_date = cast({{ as_of() }} as date)
    {%- else %}
    select
        {%- for name in ['metric', 'object_name', 'column_name'] %}
        cast(null as {{ dbt.type_string() }}) as {{ name }},
        {%- endfor %}
        cast(null as {{ sql_type('double') }}) as first_value
    where 1 = 0
    {%- endif %}
{%- endmacro %}
