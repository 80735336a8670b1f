{# Whether a model or one of its columns is constrained to be a key, or to refer to one. #}
{% macro declares_keys(model) -%}
    {%- set constraints = model.constraints | list -%}
    {%- for column in model.columns.values() -%}
        {%- do constraints.extend(column.constraints or []) -%}
    {%- endfor -%}
    {%- set keys = ['primary_key', 'foreign_key', 'unique'] -%}
    {{ return(constraints | selectattr('type', 'in', keys) | list | length > 0) }}
{%- endmacro %}
