{# The MD5 of a raw row: of its values as `name=value` in order of name, nulls left out, so that
   neither the order of columns nor the spelling of an alias changes it. #}
{% macro row_hash(columns) -%}
    {%- if not columns -%}{{ return("''") }}{%- endif -%}
    md5(concat_ws(
        chr(31)
        {%- for name, expression in columns | sort -%}
        , '{{ name | replace("'", "''") }}=' || {{ expression }}
        {%- endfor -%}
    ))
{%- endmacro %}
