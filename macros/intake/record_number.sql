{# The id of a record as a number, by which few are looked for among many at a fifth of the cost: two ids may
   have the same, and only the same version of an engine is sure to give it again (record_numbers_hold). #}
{% macro record_number(rows) -%}
    {{ working_hash('coalesce(' ~ rows ~ ".source_record_id, '')") }}
{%- endmacro %}
