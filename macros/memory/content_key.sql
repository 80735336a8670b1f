{# What a raw row says, whichever way it is read: its connector, object and content. #}
{% macro content_key(table='') -%}
    {%- set of = table ~ '.' if table else '' -%}
    {{ of }}connector || ':' || {{ of }}source_object || ':'
        || coalesce({{ of }}_content_hash, {{ of }}source_record_id, '')
{%- endmacro %}
