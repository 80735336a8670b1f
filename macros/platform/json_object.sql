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
