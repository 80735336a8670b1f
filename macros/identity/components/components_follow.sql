{# Follow every node to the label of its component, and name each label. Two nodes of one hash, which have
   melted together, end the build. Hashes are not grouped anew for that: those with a smaller neighbour are
   the representatives of the first round, and the nodes without one are few. #}
{% macro components_follow(model_relation, edges_sql, rounds) -%}
    {%- set labelled = components_work(model_relation, 'labelled') -%}
    {%- set collisions = number_after(
        'select count(*)'
            ~ (' - (select count(*) from ' ~ components_work(model_relation, 'reps_1') ~ ')' if rounds)
            ~ ' - (select count(distinct ' ~ working_hash('node') ~ ') from ' ~ labelled
            ~ ' where is_first) from ' ~ labelled,
        components_make(
            model_relation, 'labelled', components_labelled(model_relation, edges_sql, rounds))
            + components_make(model_relation, 'named', components_named(model_relation))) -%}
    {%- if collisions > 0 -%}
        {%- do components_fail(model_relation, rounds, collisions
            ~ " node(s) have the hash of another one; the table was not changed") -%}
    {%- endif -%}
{%- endmacro %}
