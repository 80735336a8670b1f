{# Clean up, then stop the build. #}
{% macro admission_fail(model_relation, message) -%}
    {%- do admission_drop(model_relation) -%}
    {%- do exceptions.raise_compiler_error(model_relation.identifier ~ ": " ~ message) -%}
{%- endmacro %}
