{# True for the only state that something ever had: it has no beginning and no end. #}
{% macro is_constant() -%}
    (valid_from = {{ unknown_start() }} and valid_to is null)
{%- endmacro %}
