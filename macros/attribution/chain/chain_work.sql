{# A work table of the materialization `absorbing_chain`. #}
{% macro chain_work(model_relation, step, round) -%}
    {{ return(work_relation(model_relation, 'ac_' ~ step ~ '_' ~ round)) }}
{%- endmacro %}
