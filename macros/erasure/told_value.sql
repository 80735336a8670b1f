{# What a raw row says in a declared column: a parameter of a GA4 event has a column param_<key>,
   and stands in the list event_params where no loader gave it one. #}
{% macro told_value(table, column) -%}
    {%- set name = adapter.quote(column.name) -%}
    {%- set is_parameter = column.name.startswith('param_')
        and table.columns | selectattr('name', 'equalto', 'event_params') | list -%}
    {%- set listed = map_text(key_value_map('event_params'), column.name[6:]) if is_parameter -%}
    {{ 'coalesce(' ~ name ~ ', ' ~ listed ~ ')' if is_parameter else name }}
{%- endmacro %}
