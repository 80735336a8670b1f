{#- Text without white space of any kind and without invisible characters (zero width, control). -#}
{% macro strip_invisible(expr) %}
    {{- return(adapter.dispatch('strip_invisible', 'customer_data_model')(expr)) -}}
{% endmacro %}

{% macro default__strip_invisible(expr) -%}
    {{ unsupported_on_engine('strip_invisible') }}
{%- endmacro %}

{% macro duckdb__strip_invisible(expr) -%}
    regexp_replace({{ expr }}, '[\s\p{Z}\p{C}]', '', 'g')
{%- endmacro %}

{% macro postgres__strip_invisible(expr) -%}
    regexp_replace(
        {{ expr }},
        '[\s\u0000-\u001f\u007f-\u00a0\u00ad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2064\u2066-\u206f\u3000\ufeff]',
        '',
        'g'
    )
{%- endmacro %}

{% macro spark__strip_invisible(expr) -%}
    regexp_replace({{ expr }}, r'[\s\p{Z}\p{C}]', '')
{%- endmacro %}
