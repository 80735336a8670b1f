{# The fields of intake that a raw column feeds, as a list of entity.field; most feed one, some none. #}
{% macro fields_fed(column) -%}
    {%- set targets = column.get('maps_to') or [] -%}
    {{ return([targets] if targets is string else targets) }}
{%- endmacro %}
