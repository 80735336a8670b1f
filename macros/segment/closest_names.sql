{# Of several names those that are written most like one, the closest first, as a text. #}
{% macro closest_names(name, names) -%}
    {%- set scored = [] -%}
    {%- for known in names -%}
        {%- do scored.append((name_distance(name | lower, known), known)) -%}
    {%- endfor -%}
    {{ return((scored | sort)[:4] | map(attribute=1) | join(', ')) }}
{%- endmacro %}
