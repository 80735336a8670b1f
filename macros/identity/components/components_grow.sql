{# Whether this build can go on from the last one; if so, the edges that came or went stand in the work table
   `differing` and the components that lost one in `shrunk`. It can not where there is no table, with
   --full-refresh, and where no edge stays as it was. #}
{% macro components_grow(model_relation, edges_sql, existing) -%}
    {%- if existing is none or existing.type != 'table' or should_full_refresh() -%}
        {{ return(false) }}
    {%- endif -%}
    {%- set written = count_after("(" ~ edges_sql ~ ") as edges where change = 'written'") -%}
    {%- set standing = count_after("(select 1 from (" ~ edges_sql ~ ") as edges where change = 'stands' limit "
        ~ (written + 1) ~ ") as standing") -%}
    {%- if standing == written -%}
        {{ return(false) }}
    {%- endif -%}
    {%- do count_after(
        components_work(model_relation, 'shrunk'),
        components_make(model_relation, 'differing', components_differing(edges_sql))
            + components_make(model_relation, 'shrunk', components_shrunk(model_relation))) -%}
    {{ return(true) }}
{%- endmacro %}
