{#- Texts, each with its label before it and a separator between; nulls are left out with their labels, and
    an empty text is left when all are null. `values` is a list of (label, expression). -#}
{% macro labelled_text(values, separator) %}
    {{- return(adapter.dispatch('labelled_text', 'customer_data_model')(values, separator)) -}}
{% endmacro %}

{% macro default__labelled_text(values, separator) -%}
    {%- set parts = [] -%}
    {%- for label, expression in values -%}
        {%- do parts.append(text_literal(label) ~ ' || ' ~ expression) -%}
    {%- endfor -%}
    {{ joined_text(parts, separator) }}
{%- endmacro %}

{#- The same text in a fifth of the time: each `||` would copy what it joins. -#}
{% macro duckdb__labelled_text(values, separator) -%}
    substr(concat(
        {%- for label, expression in values %}
        case when {{ expression }} is not null then {{ text_literal(separator ~ label) }} end, {{ expression }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    ), {{ separator | length + 1 }})
{%- endmacro %}
