{# What a session is looked for in, as one text: the tracker's own session (`session`), or else all of
   one visitor (`visitor`). #}
{% macro trail(kind, events) -%}
    {{ events }}.source_system || '|{{ kind }}|' ||
    {%- if kind == 'session' %} {{ events }}.session_key
    {%- else %} coalesce({{ events }}.anonymous_id, {{ events }}.session_key)
    {%- endif -%}
{%- endmacro %}
