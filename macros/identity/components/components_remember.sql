{# Keep the edges of this build for the next one. #}
{% macro components_remember(model_relation) -%}
    {%- do adapter.rename_relation(
        components_work(model_relation, 'now'), components_work(model_relation, 'seen')) -%}
{%- endmacro %}
