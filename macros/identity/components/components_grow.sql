{# Whether this build can go on from the last one; if so, the edges that came and the components that lost
   one stand in the work tables `added` and `shrunk`. It can not where there is no table, with
   --full-refresh, and where no edge stays as it was. #}
{% macro components_grow(model_relation, edges_sql, existing) -%}
    {%- if existing is none or existing.type != 'table' or should_full_refresh() -%}
        {{ return(false) }}
    {%- endif -%}
    {%- if components_count('(' ~ edges_sql ~ ') as edges', "change = 'stays'") == 0 -%}
        {{ return(false) }}
    {%- endif -%}
    {%- for step in components_steps_of_change() -%}
        {%- do adapter.drop_relation(components_work(model_relation, step)) -%}
    {%- endfor -%}
    {%- do components_make(
        model_relation, 'added', components_only(edges_sql, 'written', 'replaced')) -%}
    {%- do components_make(model_relation, 'shrunk', components_shrunk(
        components_only(edges_sql, 'replaced', 'written'), existing)) -%}
    {{ return(true) }}
{%- endmacro %}
