{# Query: the properties of the calls in Segment's tables of single events, one row a call, each column
   with `detail_` before its name. #}
{% macro segment_details(tables) -%}
    select
        id as detail_id,
        {%- for column in ['url', 'email'] + (segment_properties().values() | list) %}
        max({{ column }}) as detail_{{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ tables }} as tables
    group by id
{%- endmacro %}
