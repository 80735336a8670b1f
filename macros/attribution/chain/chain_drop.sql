{# Drop the work tables of a run that took this many rounds. #}
{% macro chain_drop(model_relation, rounds) -%}
    {%- for round in range(rounds + 1) -%}
        {%- do adapter.drop_relation(chain_work(model_relation, 'steps', round)) -%}
        {%- do adapter.drop_relation(chain_work(model_relation, 'visits', round)) -%}
    {%- endfor -%}
{%- endmacro %}
