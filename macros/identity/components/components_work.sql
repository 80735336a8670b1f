{# A work table of the materialization `connected_components`. #}
{% macro components_work(model_relation, step) -%}
    {{ return(work_relation(model_relation, 'cc_' ~ step)) }}
{%- endmacro %}
