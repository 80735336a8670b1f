{#- Every match of the pattern replaced. In a Jinja string a group is written '\\1'. -#}
{% macro regex_replace(expr, pattern, replacement) %}
    {{- return(adapter.dispatch('regex_replace', 'customer_data_model')(expr, pattern, replacement)) -}}
{% endmacro %}

{% macro default__regex_replace(expr, pattern, replacement) -%}
    regexp_replace({{ expr }}, {{ text_literal(pattern) }}, {{ text_literal(replacement) }}, 'g')
{%- endmacro %}

{#- Java writes a group as $1. -#}
{% macro spark__regex_replace(expr, pattern, replacement) -%}
    regexp_replace(
        {{ expr }}, {{ text_literal(pattern) }}, {{ text_literal(replacement | replace('\\', '$')) }}
    )
{%- endmacro %}

{% macro snowflake__regex_replace(expr, pattern, replacement) -%}
    regexp_replace({{ expr }}, {{ text_literal(pattern) }}, {{ text_literal(replacement) }})
{%- endmacro %}

{% macro bigquery__regex_replace(expr, pattern, replacement) -%}
    regexp_replace({{ expr }}, {{ text_literal(pattern) }}, {{ text_literal(replacement) }})
{%- endmacro %}
