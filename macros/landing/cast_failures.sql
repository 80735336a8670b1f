{# The texts that could not be read in their declared type, as one JSON text; null where all could. #}
{% macro cast_failures(columns) -%}
    {%- set typed, members = [], {} -%}
    {%- for column in columns if column.data_type not in ('string', 'json') -%}
        {%- set failed = '(' ~ column.name ~ '__raw is not null and ' ~ column.name ~ ' is null)' -%}
        {%- do typed.append(failed) -%}
        {%- do members.update({column.name: 'case when ' ~ failed ~ ' then ' ~ column.name ~ '__raw end'}) -%}
    {%- endfor -%}
    {%- if typed -%}
        case when {{ typed | join(' or ') }} then {{ json_object(members) }} end
    {%- else -%}
        cast(null as {{ dbt.type_string() }})
    {%- endif -%}
{%- endmacro %}
