{# The events with a row that was judged since the tables of events were built, as a query; `*` where
   that can't be said. `upto` is what built_upto says. An event is new where that row is the current
   one: any other row is a late copy or an older version of one that stands there, whose own row is from
   before. #}
{% macro rows_judged_since_built(upto) -%}
    {%- if upto is none -%}
    select '*' as event_id, true as is_new
    {%- else -%}
    select event_id, is_current as is_new
    from {{ ref('int_event__checked') }}
    where _judged > {{ upto }} and event_id is not null
    {%- endif -%}
{%- endmacro %}
