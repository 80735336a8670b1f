{# The tables of identity resolution that carry rows from build to build, each with columns that it
   must have. #}
{% macro carried_models() -%}
    {{ return({
        'int_identifier__claims': ['record_key', 'identifier_key'],
        'int_identifier__judged': ['identifier_key', 'names_differ'],
        'int_identity__anchors': ['node', 'component'],
        'int_identity__edges': ['node_a', 'node_b', 'id_type', 'identifier_key'],
        'int_identity__components': ['node', 'component'],
        'int_identity__bound': ['node', 'component'],
        'int_identity__names': ['record_key', 'value'],
        'int_identity__agreements': ['value'],
        'int_identity__refused': ['record_key'],
    }) }}
{%- endmacro %}
