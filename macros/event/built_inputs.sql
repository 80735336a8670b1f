{# The table that keeps what events and sessions were built from: written when both are, so that the
   next build sees what has changed. None before the first build. `beside` is a relation of the same
   database. #}
{% macro built_inputs(beside) -%}
    {{ return(api.Relation.create(beside.database, 'resolve', 'int_event__built', type='table')) }}
{%- endmacro %}
