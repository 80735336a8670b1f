{# A raw row as one text, which is hashed: its values as `name=value` in order of name, nulls left out,
   so that neither the order of columns nor the spelling of an alias changes it. #}
{% macro row_text(columns) -%}
    {%- set parts = [] -%}
    {%- for name, expression in columns | sort -%}
        {%- do parts.append("'" ~ name | replace("'", "''") ~ "=' || " ~ expression) -%}
    {%- endfor -%}
    {{ joined_text(parts, row_text_separator()) if parts else "''" }}
{%- endmacro %}
