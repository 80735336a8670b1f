{# Schemas are named after their layer, without the target's prefix: `canonical`, never `main_canonical`. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ (custom_schema_name or target.schema) | trim }}
{%- endmacro %}
