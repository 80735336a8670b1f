{# Whether a record is as the last build left it. Where none is, everything is made anew. #}
{% macro is_anything_settled() -%}
    {%- set changed = ref('int_identity__changed') -%}
    {%- if not execute or load_relation(changed) is none -%}
        {{ return(false) }}
    {%- endif -%}
    {{ return(count_after('(select 1 from ' ~ changed ~ ' where not is_pending limit 1) as settled') > 0) }}
{%- endmacro %}
