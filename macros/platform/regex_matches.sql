{#- True where the pattern is found anywhere in the text. -#}
{% macro regex_matches(expr, pattern) %}
    {{- return(adapter.dispatch('regex_matches', 'customer_data_model')(expr, pattern)) -}}
{% endmacro %}

{% macro default__regex_matches(expr, pattern) -%}
    regexp_matches({{ expr }}, {{ text_literal(pattern) }})
{%- endmacro %}

{% macro postgres__regex_matches(expr, pattern) -%}
    ({{ expr }} ~ {{ text_literal(pattern) }})
{%- endmacro %}

{% macro spark__regex_matches(expr, pattern) -%}
    ({{ expr }} rlike {{ text_literal(pattern) }})
{%- endmacro %}

{#- regexp_like would have to match the whole text. -#}
{% macro snowflake__regex_matches(expr, pattern) -%}
    (regexp_instr({{ expr }}, {{ text_literal(pattern) }}) > 0)
{%- endmacro %}

{% macro bigquery__regex_matches(expr, pattern) -%}
    regexp_contains({{ expr }}, {{ text_literal(pattern) }})
{%- endmacro %}
