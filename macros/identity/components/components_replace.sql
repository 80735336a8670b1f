{# The statements that take out the nodes of shrunk components and those that moved, of which the work table
   `moved` then puts back what stands. #}
{% macro components_replace(model_relation) -%}
    {{ return([
        'delete from ' ~ model_relation ~ ' where component in (select component from '
            ~ components_work(model_relation, 'shrunk') ~ ')',
        'delete from ' ~ model_relation ~ ' where node in (select node from '
            ~ components_work(model_relation, 'moved') ~ " where node <> '')",
    ]) }}
{%- endmacro %}
