{# Assignments: a row about an erased person keeps nothing but that it was there. #}
{% macro erase_whole(table) -%}
    {%- for column in adapter.get_columns_in_relation(this) if not column.name.startswith('_') %}
    {{ adapter.quote(column.name) }} = null,
    {%- endfor %}
    _unparsable = {{ erased_row() }}
{%- endmacro %}
