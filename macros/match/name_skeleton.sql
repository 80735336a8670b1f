{# How a name sounds, roughly: its first letter and the consonants behind it, those that sound alike
   as one and none twice in a row. Smith, Smyth and Schmitt are one. #}
{% macro name_skeleton(expr) -%}
    {%- set name = namespace(sql=expr) -%}
    {%- for letters, one in {
        'ph': 'f', 'sch': 's', 'sh': 's', 'ck': 'k', 'c': 'k', 'q': 'k', 'g': 'k', 'j': 'k', 'z': 's',
        'v': 'f', 'w': 'f', 'd': 't', 'b': 'p', 'm': 'n',
    }.items() -%}
        {%- set name.sql = "replace(" ~ name.sql ~ ", '" ~ letters ~ "', '" ~ one ~ "')" -%}
    {%- endfor -%}
    {%- set first = 'substr(' ~ name.sql ~ ', 1, 1)' -%}
    {%- set name.sql = first ~ ' || ' ~ regex_replace('substr(' ~ name.sql ~ ', 2)', '[aeiouyh]+', '') -%}
    {%- for letter in 'fklnprst' -%}
        {%- set name.sql = regex_replace(name.sql, letter ~ '+', letter) -%}
    {%- endfor -%}
    nullif({{ name.sql }}, '')
{%- endmacro %}
