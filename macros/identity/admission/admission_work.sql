{# A work table of the materialization `guarded_components`; what each round writes has its number. #}
{% macro admission_work(model_relation, step, round=none) -%}
    {{ return(work_relation(
        model_relation, 'gc_' ~ step ~ ('' if round is none else '_' ~ round))) }}
{%- endmacro %}
