{# Make one work table. It is no published table, so the model's contract does not hold for it. #}
{% macro chain_make(relation, select_sql) -%}
    {%- do drop_relation_if_exists(load_cached_relation(relation)) -%}
    {%- call statement('chain_' ~ relation.identifier) -%}
        create table {{ relation }} as {{ select_sql }}
    {%- endcall -%}
{%- endmacro %}
