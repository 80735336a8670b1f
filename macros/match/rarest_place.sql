{# How many records have the rarest value of a place that both sides of `pair` share; null if none. #}
{% macro rarest_place(pair) -%}
    {%- set counts = [] -%}
    {%- for field in match_evidence()['place'] -%}
        {%- do counts.append(
            'case when ' ~ pair ~ '.' ~ field ~ "_level = 'exact' then " ~ pair ~ '.' ~ field ~ '_count end'
        ) -%}
    {%- endfor -%}
    {{ least_of(counts) }}
{%- endmacro %}
