{# Run after a memory of rows: takes out what was once read in a raw row that is still in the exports
   and is read otherwise now, since a rule, a list or a connector was changed. #}
{% macro forget_misheard(checked) -%}
    {%- if is_incremental() -%}
    delete from {{ this }}
    where raw_row_id not in (
        select accepted.raw_row_id from {{ checked }} as accepted
        where accepted.disposition = 'accepted'
    ) and {{ content_key() }} in (
        select {{ content_key('standing') }} from {{ checked }} as standing
        where standing.copy_number = 1
    )
    {%- endif -%}
{%- endmacro %}
