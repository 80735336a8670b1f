{# Whether a table has all of these columns. #}
{% macro has_columns(relation, columns) -%}
    {%- set there = adapter.get_columns_in_relation(relation) | map(attribute='name') | list -%}
    {{ return((columns | reject('in', there) | list) == []) }}
{%- endmacro %}
