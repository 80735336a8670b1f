{# Run after an incremental table: takes out the rows whose key its input no longer has. A full build
   holds just its input. #}
{% macro drop_unlisted_rows(key, input) -%}
    {%- if is_incremental() -%}
    delete from {{ this }}
    where {{ key }} not in (select listed.{{ key }} from {{ input }} as listed)
    {%- endif -%}
{%- endmacro %}
