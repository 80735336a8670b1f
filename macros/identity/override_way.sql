{# The overrides by which one leads from one record to another, or an empty list. `forced` maps a record
   to its [other record, override_id]. #}
{% macro override_way(forced, start, goal) -%}
    {%- set ways = {start: []} -%}
    {%- set waiting = [start] -%}
    {%- for record in waiting -%}
        {%- for other, override_id in forced.get(record, []) if other not in ways -%}
            {%- do ways.update({other: ways[record] + [override_id]}) -%}
            {%- do waiting.append(other) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(ways.get(goal, [])) }}
{%- endmacro %}
