{# The id of a touch's source, from the normalised words of the touch at hand. #}
{% macro source_key() -%}
    {{ surrogate_key('src', [
        'touch_source', 'touch_medium', 'touch_campaign', 'touch_content', 'touch_term',
    ]) }}
{%- endmacro %}
