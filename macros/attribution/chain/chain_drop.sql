{# The statements that drop the work tables of a round. #}
{% macro chain_drop(model_relation, round) -%}
    {{ return([
        'drop table ' ~ chain_work(model_relation, 'steps', round),
        'drop table ' ~ chain_work(model_relation, 'visits', round),
    ]) }}
{%- endmacro %}
