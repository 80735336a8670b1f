{# CTEs that end in `followed`: where each row of a relation (columns `node` and `next_node`) comes to
   when 1,024 steps are taken along its pointers, in `last_node`, and the smallest node it saw on the
   way, in `least_node`. A row that comes to an end before is left out: who is left stands on a
   circle or leads to one, and every `last_node` stands on a circle. Each round doubles the steps. #}
{% macro followed_pointers(relation) -%}
    {%- set rounds = 10 -%}
    steps_0 as (
        select node, next_node as last_node, next_node as least_node from {{ relation }}
    ),
    {%- for round in range(1, rounds + 1) %}

    {{ 'followed' if round == rounds else 'steps_' ~ round }} as (
        select
            near.node,
            far.last_node,
            {{ least_of(['near.least_node', 'far.least_node']) }} as least_node
        from steps_{{ round - 1 }} as near
        inner join steps_{{ round - 1 }} as far
            on near.last_node = far.node
    ){{ ',' if round < rounds }}
    {%- endfor %}
{%- endmacro %}
