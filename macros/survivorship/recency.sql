{# Twelve digits of seconds since 1970, to order records by how recently they were updated. #}
{% macro recency(moment) -%}
    lpad(cast(greatest(coalesce(cast(
        {{ seconds_between("cast('1970-01-01' as " ~ dbt.type_timestamp() ~ ")", moment) }}
    as {{ dbt.type_bigint() }}), 0), 0) as {{ dbt.type_string() }}), 12, '0')
{%- endmacro %}
