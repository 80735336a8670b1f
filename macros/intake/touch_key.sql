{# What an event says about where it came from, as one text; null where it says nothing. Joins events
   to int_event__touches. #}
{% macro touch_key(alias) -%}
    {%- set parts = [
        'source_system', 'campaign_record_id', 'source', 'medium', 'campaign', 'content', 'term',
    ] -%}
    case when coalesce(
        {%- for part in parts[1:] -%}{{ alias }}.{{ part }}, {% endfor -%} {{ alias }}.click_id
    ) is not null then
        {%- for part in parts %}
        coalesce({{ alias }}.{{ part }}, '') || '|' ||
        {%- endfor %}
        case when {{ alias }}.click_id is null then '' else 'click' end
    end
{%- endmacro %}
