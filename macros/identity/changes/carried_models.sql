{# The tables of identity resolution that carry rows from build to build, each with its columns that tell
   one row from another. #}
{% macro carried_models() -%}
    {{ return({
        'int_identifier__claims': ['record_key', 'id_type', 'id_value'],
        'int_identifier__judged': ['id_type', 'id_value'],
        'int_identity__anchors': ['node', 'component'],
        'int_identity__edges': ['node_a', 'node_b', 'id_type', 'id_value'],
        'int_identity__components': ['node', 'component'],
    }) }}
{%- endmacro %}
