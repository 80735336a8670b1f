{# How many rows of a relation meet a condition. #}
{% macro components_count(relation, condition='1 = 1') -%}
    {%- set counted = run_query('select count(*) from ' ~ relation ~ ' where ' ~ condition) -%}
    {{ return(counted.columns[0].values()[0] | int) }}
{%- endmacro %}
