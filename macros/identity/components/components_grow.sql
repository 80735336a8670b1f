{# Whether this build can go on from the last one; if so, what was added and which components lost an
   edge stands in the work tables `added` and `shrunk`. Nothing to go on from is a first build, a
   --full-refresh, and a table whose edges were not remembered. #}
{% macro components_grow(model_relation, existing) -%}
    {%- set seen = load_cached_relation(components_work(model_relation, 'seen')) -%}
    {%- if existing is none or existing.type != 'table' or seen is none
            or should_full_refresh() -%}
        {{ return(false) }}
    {%- endif -%}
    {%- set now = components_work(model_relation, 'now') -%}
    {%- do components_make(model_relation, 'added', components_only_in(now, seen)) -%}
    {%- do components_make(
        model_relation, 'shrunk', components_shrunk(components_only_in(seen, now), existing)) -%}
    {%- set changes = components_count(components_work(model_relation, 'added'))
        + components_count(components_work(model_relation, 'shrunk')) -%}
    {%- do log(model_relation.identifier ~ ": " ~ changes ~ " change(s) since the last build") -%}
    {{ return(true) }}
{%- endmacro %}
