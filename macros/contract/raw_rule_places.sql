{# The fields of one entity that the columns of a raw object feed, if it holds that entity, with the rules
   that these columns declare. #}
{% macro raw_rule_places(entity, table) -%}
    {%- set places = [] -%}
    {%- for column in (table.columns if table.get('entity') == entity else []) -%}
        {%- for target in fields_fed(column) if target.startswith(entity ~ '.') -%}
            {%- do places.append({
                'table': table.connector ~ '.' ~ table.object, 'column': column.name,
                'field': target.split('.')[1],
                'connector': table.connector, 'object': table.object,
                'owner': column.get('business_owner') or table.get('business_owner'),
                'rules': column.get('rules') or [],
            }) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(places) }}
{%- endmacro %}
