{# True where a landed text could not be read as the type of one of these raw columns. #}
{% macro unreadable(columns) -%}
    {%- set tests = [] -%}
    {%- for column in columns -%}
        {%- do tests.append("_cast_failures like '%\"" ~ column ~ "\":%'") -%}
    {%- endfor -%}
    coalesce({{ tests | join(' or ') }}, false)
{%- endmacro %}
