{# Twelve digits of seconds since 1970, to order records by how recently they were updated. #}
{% macro recency(moment) -%}
    {%- set seconds = seconds_between("cast('1970-01-01' as " ~ dbt.type_timestamp() ~ ")", moment) -%}
    lpad(cast(cast(case when {{ seconds }} > 0 then {{ seconds }} else 0 end
        as {{ dbt.type_bigint() }}) as {{ dbt.type_string() }}), 12, '0')
{%- endmacro %}
