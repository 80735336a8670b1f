{# What a session is looked for in, as one text: the tracker's own session (`session`), or else all of
   one visitor (`visitor`). `key` is the column that holds the tracker's session. #}
{% macro trail(kind, events, key='session_key') -%}
    {{ events }}.source_system || '|{{ kind }}|' ||
    {%- if kind == 'session' %} {{ events }}.{{ key }}
    {%- else %} coalesce({{ events }}.anonymous_id, {{ events }}.{{ key }})
    {%- endif -%}
{%- endmacro %}
