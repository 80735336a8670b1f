{# The CTE `changed`: the rows of a CTE that an incremental table does not hold, or holds with other
   values. A row that is the same is not written again; a full build takes all, and so does one whose
   rows were chosen before and need not be compared. `except` compares whole rows, nulls included. #}
{% macro changed_rows(rows, compared=true) -%}
    changed as (
        select * from {{ rows }}
        {%- if is_incremental() and compared %}
        {{ dbt.except() }}
        select {{ columns_of_this() }} from {{ this }}
        {%- endif %}
    )
{%- endmacro %}
