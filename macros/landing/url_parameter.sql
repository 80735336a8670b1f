{# One parameter of a web address, as it is written there; null when it is absent or empty. #}
{% macro url_parameter(url, name) -%}
    case when {{ url }} like '%{{ name }}=%' then
        {{ regex_extract(url, '[?&]' ~ name ~ '=([^&#]+)') }}
    end
{%- endmacro %}
