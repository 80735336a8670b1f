{# The number up to which the tables of events have taken in what intake judged. None where that says
   nothing: before the first build, and where a current event is gone or another version has its place,
   which shows in there being fewer of them. #}
{% macro built_upto() -%}
    {%- set events = ref('int_event__checked') -%}
    {%- set inputs = built_inputs(events) -%}
    {%- if not execute or load_relation(inputs) is none -%}
        {{ return(none) }}
    {%- endif -%}
    {%- set built = {} -%}
    {%- for kind, value in run_query(
        'select kind, max(value) from ' ~ inputs ~ " where kind in ('judged', 'current') group by kind"
    ).rows -%}
        {%- do built.update({kind: value | int}) -%}
    {%- endfor -%}
    {%- set standing = run_query(
        'select count(*) from ' ~ events ~ ' where is_current and _judged <= ' ~ built.judged
    ).rows[0][0] | int -%}
    {{ return(built.judged if standing == built.current else none) }}
{%- endmacro %}
