{#- A JSON object as text, in the order given, with nulls left out; null when nothing is left. -#}
{% macro json_object(pairs) %}
    {{- return(adapter.dispatch('json_object', 'customer_data_model')(pairs)) -}}
{% endmacro %}

{% macro default__json_object(pairs) -%}
    case
        when coalesce(
            {%- for expr in pairs.values() %}
            cast({{ expr }} as {{ sql_type('string') }}){{ ',' if not loop.last }}
            {%- endfor %}
        ) is not null then '{' || concat_ws(
            ',',
            {%- for name, expr in pairs.items() %}
            '"{{ name }}":' || cast(to_json({{ expr }}) as {{ sql_type('string') }}){{ ',' if not loop.last }}
            {%- endfor %}
        ) || '}'
    end
{%- endmacro %}

{#- The same text, put together at once: each `||` would copy what it joins. -#}
{% macro duckdb__json_object(pairs) -%}
    nullif('{' || substr(concat(
        {%- for name, expr in pairs.items() %}
        case when {{ expr }} is not null then ',"{{ name }}":' end, to_json({{ expr }}){{ ',' if not loop.last }}
        {%- endfor %}
    ), 2) || '}', '{}')
{%- endmacro %}
