{# Write the model's edges, each once, where the next build will look for them; returns a select of
   them. #}
{% macro components_keep(model_relation, edges_sql) -%}
    {%- set now = components_work(model_relation, 'now') -%}
    {%- for step in ['now', 'added', 'shrunk'] -%}
        {%- do adapter.drop_relation(components_work(model_relation, step)) -%}
    {%- endfor -%}
    {%- do components_make(model_relation, 'now', components_distinct(edges_sql)) -%}
    {{ return('select node_a, node_b from ' ~ now) }}
{%- endmacro %}
