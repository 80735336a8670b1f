{# The CTE `changed`: the rows of a CTE that an incremental table does not hold, or holds with other
   values. A row that is the same is not written again; a full build takes all. `except` compares
   whole rows, nulls included. #}
{% macro changed_rows(rows) -%}
    changed as (
        {%- if is_incremental() %}
        select * from {{ rows }}
        {{ dbt.except() }}
        select {{ columns_of_this() }} from {{ this }}
        {%- else %}
        select * from {{ rows }}
        {%- endif %}
    )
{%- endmacro %}
