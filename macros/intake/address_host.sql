{# The host of a web address in lower case, without `www.`; null when the address has none. Cheap, for
   addresses that a browser wrote; host_of reads what people type. #}
{% macro address_host(address) -%}
    {%- set host = 'lower(nullif(' ~ dbt.split_part(address, "'/'", 3) ~ ", ''))" -%}
    case when {{ host }} like 'www.%' then substr({{ host }}, 5) else {{ host }} end
{%- endmacro %}
