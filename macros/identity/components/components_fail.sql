{# Clean up, then stop the build. #}
{% macro components_fail(model_relation, rounds, message) -%}
    {%- do run_statements(components_drop(model_relation, rounds)) -%}
    {%- do exceptions.raise_compiler_error(model_relation.identifier ~ ": " ~ message) -%}
{%- endmacro %}
