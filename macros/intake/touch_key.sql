{# What an event says about where it came from, as one text; null where it says nothing, which most
   pages of a visit do: untagged, and reached from the same site. Joins events to int_event__touches.
   Reads the hosts of referrer and page (address_host) in columns referrer_host and page_host. #}
{% macro touch_key(alias) -%}
    {%- set parts = [
        'source_system', 'campaign_record_id', 'source', 'medium', 'campaign', 'content', 'term',
    ] -%}
    {%- set referrer, page = alias ~ '.referrer_host', alias ~ '.page_host' -%}
    case when coalesce(
        {%- for part in parts[1:] -%}{{ alias }}.{{ part }}, {% endfor -%} {{ alias }}.click_id
    ) is not null or {{ referrer }} <> coalesce({{ page }}, '') then
        {%- for part in parts %}
        coalesce({{ alias }}.{{ part }}, '') || '|' ||
        {%- endfor %}
        case when {{ alias }}.click_id is not null then
            lower(coalesce({{ alias }}.click_id_type, 'gclid')) else '' end
        || '|' || coalesce({{ referrer }}, '') || '|' || coalesce({{ page }}, '')
    end
{%- endmacro %}
