{# Stop where there are more nodes than hashes: two nodes behind one hash have melted together. #}
{% macro components_check(model_relation, labelled, contraction) -%}
    {%- set collisions = components_count(labelled) - contraction.hashes -%}
    {%- if collisions > 0 -%}
        {%- do components_fail(model_relation, contraction.rounds, collisions
            ~ " node(s) have the hash of another one; the table was not changed") -%}
    {%- endif -%}
{%- endmacro %}
