{# The work tables of a build that goes on from the last one. #}
{% macro components_steps_of_change() -%}
    {{ return(['differing', 'shrunk', 'changes', 'labels', 'moved']) }}
{%- endmacro %}
