{# The number up to which the tables of events had taken in what intake judged when int_event__touched was
   made; `null`, which no number is above, where there is none. #}
{% macro newest_built() -%}
    {%- set upto = run_query(
        'select max(built_upto) from ' ~ ref('int_event__touched')
    ).rows[0][0] if execute and is_incremental() else none -%}
    {{ return('null' if upto is none else upto | int) }}
{%- endmacro %}
