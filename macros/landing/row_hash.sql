{# The hash of a raw row: of its values as `name=value` in order of name, nulls left out, so that
   neither the order of columns nor the spelling of an alias changes it. The salt keeps whoever sees the hash
   outside the vault from trying what the row says. #}
{% macro row_hash(columns) -%}
    {%- set parts = [] -%}
    {%- for name, expression in columns | sort -%}
        {%- do parts.append("'" ~ name | replace("'", "''") ~ "=' || " ~ expression) -%}
    {%- endfor -%}
    {{ dbt.hash(row_salt() ~ ' || ' ~ joined_text(parts, '\\x1f')) if parts else "''" }}
{%- endmacro %}
