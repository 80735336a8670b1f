{# Run after an incremental table: takes out the rows whose key its input no longer has. #}
{% macro drop_unlisted_rows(key, input) -%}
    delete from {{ this }}
    where {{ key }} not in (select listed.{{ key }} from {{ input }} as listed)
{%- endmacro %}
