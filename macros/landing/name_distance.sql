{# How unlike two names are, from 0 to 1: one less the share of letter pairs that both hold. #}
{% macro name_distance(left, right) -%}
    {%- set pairs = [] -%}
    {%- for name in (left, right) -%}
        {%- set of_name = [] -%}
        {%- for position in range([name | length - 1, 0] | max) -%}
            {%- do of_name.append(name[position:position + 2]) -%}
        {%- endfor -%}
        {%- do pairs.append(of_name | unique | list) -%}
    {%- endfor -%}
    {%- set shared = pairs[0] | select('in', pairs[1]) | list | length -%}
    {{ return(1 - 2 * shared / ([pairs[0] | length + pairs[1] | length, 1] | max)) }}
{%- endmacro %}
