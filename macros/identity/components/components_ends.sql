{# Where the nodes that the first round left apart have come to after this round. Those that moved before go on
   from where they were; others join them when they move. A node that moved can still stand for others,
   so who is among the representatives of two rounds moved in the first of these. #}
{% macro components_ends(model_relation, round) -%}
    {%- set reps = components_work(model_relation, 'reps') -%}
    {%- set before = components_work(model_relation, 'ends_' ~ (round - 1)) -%}
    {%- if round == 2 -%}
    select v, rep from {{ reps }} where rep <> v
    {%- else -%}
    select moved.v, coalesce(further.rep, moved.rep) as rep
    from {{ before }} as moved
    left join {{ reps }} as further on further.v = moved.rep
    union all
    select hooked.v, hooked.rep
    from {{ reps }} as hooked
    left join {{ before }} as moved on moved.v = hooked.v
    where moved.v is null and hooked.rep <> hooked.v
    {%- endif -%}
{%- endmacro %}
