{#- A JSON object as text, in the order given, with nulls left out; null when nothing is left. Where the first
    of `pairs` is mostly there (`first_is_common`), that may save a second look. -#}
{% macro json_object(pairs, first_is_common=false) %}
    {{- return(adapter.dispatch('json_object', 'customer_data_model')(pairs, first_is_common)) -}}
{% endmacro %}

{% macro default__json_object(pairs, first_is_common) -%}
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

{#- The same text, put together at once: each `||` would copy what it joins, and substr reads it letter by
    letter. -#}
{% macro duckdb__json_object(pairs, first_is_common) -%}
    {%- set parts = [] -%}
    {%- for name, expr in pairs.items() -%}
        {%- do parts.append(
            'case when ' ~ expr ~ ' is not null then \',"' ~ name ~ '":\' end, to_json(' ~ expr ~ ')'
        ) -%}
    {%- endfor -%}
    {%- set (name, first), others = (pairs.items() | list)[0], parts[1:] -%}
    {%- if first_is_common and others -%}
    case
        when {{ first }} is not null
            then concat('{"{{ name }}":', to_json({{ first }}), {{ others | join(', ') }}, '}')
        else nullif('{' || substr(concat({{ others | join(', ') }}), 2) || '}', '{}')
    end
    {%- else -%}
    nullif('{' || substr(concat({{ parts | join(', ') }}), 2) || '}', '{}')
    {%- endif -%}
{%- endmacro %}
