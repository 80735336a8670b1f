{# What takes away the relation that a model has by now, of whatever type; nothing where it has none. #}
{% macro drop_statement(existing) -%}
    {%- if existing is not none -%}
    drop {{ existing.type }} if exists {{ existing }} cascade;
    {%- endif -%}
{%- endmacro %}
