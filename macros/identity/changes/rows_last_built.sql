{# What stands behind `from` to read a model's rows of the last build; no rows where there is no table.
   `columns` is {name: type}. #}
{% macro rows_last_built(model_name, columns) -%}
    {{ as_last_built(model_name, columns | list) or '(' ~ no_rows(columns) ~ ')' }}
{%- endmacro %}
