{# The declared columns of an object that its landed table `relation` does not have, because no export had
   them yet (written_columns); none where there is no such table. Only appended objects leave columns
   out. `table` is the object's declaration, where it is at hand. #}
{% macro absent_columns(relation, table=none) -%}
    {%- set absent, there = [], [] -%}
    {%- if execute -%}
        {%- set table = table or landing_declaration(*relation.identifier[4:].split('__')) -%}
        {%- if table.get('load') == 'append' -%}
            {%- do there.extend(adapter.get_columns_in_relation(relation) | map(attribute='name')) -%}
        {%- endif -%}
        {%- for column in table.columns if there and column.name not in there -%}
            {%- do absent.append(column) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(absent) }}
{%- endmacro %}
