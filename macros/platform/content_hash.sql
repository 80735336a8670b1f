{#- md5 over a list of texts; null, '' and every split of the same letters hash apart. -#}
{% macro content_hash(exprs) %}
    {{- return(adapter.dispatch('content_hash', 'customer_data_model')(exprs)) -}}
{% endmacro %}

{#- Each part is written as its length, a colon and itself, and null as '-'. -#}
{% macro default__content_hash(exprs) -%}
    md5(
        {%- for expr in exprs %}
        {{ '|| ' if not loop.first }}coalesce(
            cast(length(cast({{ expr }} as {{ sql_type('string') }})) as {{ sql_type('string') }})
            || ':' || cast({{ expr }} as {{ sql_type('string') }}), '-'
        )
        {%- endfor %}
    )
{%- endmacro %}

{#- The same text, put together at once: concat leaves nulls out, and each `||` would copy all before it. -#}
{% macro duckdb__content_hash(exprs) -%}
    md5(concat(
        {%- for expr in exprs %}
        {%- set text = 'cast(' ~ expr ~ ' as varchar)' %}
        length({{ text }}), case when {{ expr }} is null then '-' else ':' end, {{ text }}{{ ',' if not loop.last }}
        {%- endfor %}
    ))
{%- endmacro %}
