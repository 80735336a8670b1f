{# The names of the raw columns that map to a field of an entity, over all connectors. #}
{% macro raw_names(entity, field) -%}
    {%- set names = [] -%}
    {%- for table in landing_declarations() -%}
        {%- for column in table.columns -%}
            {%- if entity ~ '.' ~ field in fields_fed(column) -%}
                {%- do names.append(column.name) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(names | unique | sort or [field]) }}
{%- endmacro %}
