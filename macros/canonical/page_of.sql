{# A web address without its query and its fragment; null where nothing is left. Most addresses have
   neither, which is seen at a glance. #}
{% macro page_of(url) -%}
    case
        when {{ url }} like '%?%' or {{ url }} like '%#%' then {{ regex_extract(url, '^([^?#]*)') }}
        else nullif({{ url }}, '')
    end
{%- endmacro %}
