{# The click id of an ad in a web address, or (group 1) the name of its parameter; null without one. #}
{% macro click_id(url, group=2) -%}
    case when {{ url }} like '%id=%' then {{ regex_extract(
        url, '[?&](gclid|gbraid|wbraid|dclid|msclkid|fbclid|ttclid|twclid|li_fat_id)=([^&#]+)', group
    ) }} end
{%- endmacro %}
