{# One value of what a Snowplow event or entity says, whose names loaders write in camel or in snake
   case, and with those of the levels above where they took nested ones apart. #}
{% macro snowplow_value(described, name) -%}
    {%- set snake = modules.re.sub('([A-Z])', '_\\1', name) | lower -%}
    coalesce(
        {{ json_text(described, name) }},
        {%- if snake != name %}
        {{ json_text(described, snake) }},
        {%- endif %}
        {{ json_text(described, 'data_' ~ snake) }}
    )
{%- endmacro %}
