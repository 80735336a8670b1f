{# The entities of intake, each with its int_<entity>__checked. #}
{% macro entities() -%}
    {{ return([
        'person', 'account', 'opportunity', 'link', 'activity', 'event', 'consent',
        'lifecycle_change', 'reference', 'campaign_cost',
    ]) }}
{%- endmacro %}
