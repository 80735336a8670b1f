{# Of pairs of a name and how it is shown those whose names are written most like one, the closest first. #}
{% macro closest_names(name, names) -%}
    {%- set scored = [] -%}
    {%- for known, shown in names -%}
        {%- do scored.append((name_distance(name, known), shown)) -%}
    {%- endfor -%}
    {{ return((scored | sort)[:5] | map(attribute=1) | join(', ')) }}
{%- endmacro %}
