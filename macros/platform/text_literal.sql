{#- A Jinja string as an SQL text literal that means the same on every engine; none as null. -#}
{% macro text_literal(value) %}
    {{- return(adapter.dispatch('text_literal', 'customer_data_model')(value)) -}}
{% endmacro %}

{% macro default__text_literal(value) -%}
    {%- if value is none -%}
        cast(null as {{ sql_type('string') }})
    {%- else -%}
        '{{ value | replace("'", "''") }}'
    {%- endif -%}
{%- endmacro %}

{#- These engines read a backslash in a literal as an escape. -#}
{% macro spark__text_literal(value) -%}
    {%- if value is none -%}
        cast(null as {{ sql_type('string') }})
    {%- else -%}
        '{{ value | replace("\\", "\\\\") | replace("'", "\\'") }}'
    {%- endif -%}
{%- endmacro %}

{% macro snowflake__text_literal(value) -%}
    {{ customer_data_model.spark__text_literal(value) }}
{%- endmacro %}

{% macro bigquery__text_literal(value) -%}
    {{ customer_data_model.spark__text_literal(value) }}
{%- endmacro %}
