{# The columns in which the rows of an object say when they came to be or happened; none where they do
   not. #}
{% macro has_own_time(table) -%}
    {%- set found = [] -%}
    {%- for column in table.columns if column.data_type == 'timestamp'
        and (column.get('maps_to') or '').split('.')[-1] in (
            'created_at', 'captured_at', 'event_at', 'double_opt_in_at', 'occurred_at'
        ) -%}
        {%- do found.append(column.name) -%}
    {%- endfor -%}
    {{ return(found) }}
{%- endmacro %}
