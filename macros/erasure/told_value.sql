{# What a raw row says in a declared column. Where the declaration of a list of {key, value} says that it
   `unfolds_to` columns of some beginning, a column of that name is what its key has in the object that
   staging makes of the list, where no loader gave it a value. #}
{% macro told_value(table, column) -%}
    {%- set name = adapter.quote(column.name) -%}
    {%- set told = [name] -%}
    {%- for list in table.columns if list.get('unfolds_to') and column.name.startswith(list.unfolds_to) -%}
        {%- set key = column.name[list.unfolds_to | length:] -%}
        {%- do told.append(json_text(adapter.quote(list.name), key)) -%}
    {%- endfor -%}
    {{ 'coalesce(' ~ told | join(', ') ~ ')' if told | length > 1 else name }}
{%- endmacro %}
