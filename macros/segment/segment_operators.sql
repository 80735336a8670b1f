{# The operators of conditions of segments, by what the attribute holds. #}
{% macro segment_operators() -%}
    {{ return({
        'text': ['=', '<>', 'known', 'unknown'],
        'number': ['>', '>=', '<', '<=', 'known', 'unknown'],
    }) }}
{%- endmacro %}
