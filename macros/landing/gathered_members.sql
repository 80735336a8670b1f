{# The raw columns of one scan that are members of a declared column which `gathers` them: their names
   after its own, without what is left there of a schema's version, to their expressions. They are
   taken, so that no other has them. #}
{% macro gathered_members(column, scan, taken) -%}
    {%- set members = {} -%}
    {%- for raw in scan.columns | sort(attribute='name') if raw.name.startswith(column.name ~ '_') -%}
        {%- set member = modules.re.sub('^[0-9]+_[0-9]+_', '', raw.name[column.name | length + 1:]) -%}
        {%- if raw.name not in taken and member not in members -%}
            {%- do members.update({member: 'nullif(' ~ raw.expression ~ ", '')"}) -%}
            {%- do taken.append(raw.name) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(members) }}
{%- endmacro %}
