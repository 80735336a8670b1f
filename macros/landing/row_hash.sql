{# The hash of a raw row: of its values as `name=value` in order of name, nulls left out, so that
   neither the order of columns nor the spelling of an alias changes it. #}
{% macro row_hash(columns) -%}
    {%- set parts = [] -%}
    {%- for name, expression in columns | sort -%}
        {%- do parts.append("'" ~ name | replace("'", "''") ~ "=' || " ~ expression) -%}
    {%- endfor -%}
    {{ dbt.hash(joined_text(parts, '\\x1f')) if parts else "''" }}
{%- endmacro %}
