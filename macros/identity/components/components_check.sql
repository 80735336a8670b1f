{# Stop where there are more nodes than hashes: two nodes behind one hash have melted together. #}
{% macro components_check(model_relation, labelled, rounds) -%}
    {%- set collisions = count_after('(select 1 from ' ~ labelled
        ~ ' group by ' ~ working_hash('node') ~ ' having count(*) > 1) as melted') -%}
    {%- if collisions > 0 -%}
        {%- do components_fail(model_relation, rounds, collisions
            ~ " node(s) have the hash of another one; the table was not changed") -%}
    {%- endif -%}
{%- endmacro %}
