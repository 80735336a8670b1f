{# The key of a colleague: the same wherever a record, an activity, a deal or a policy names them. #}
{% macro owner_key(source_system, owner_record_id) -%}
    {{ surrogate_key('own', [source_system ~ " || ':' || " ~ owner_record_id]) }}
{%- endmacro %}
