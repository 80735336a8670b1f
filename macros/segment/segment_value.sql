{# What a condition of a segment looks at of a person: the attribute that it names, in lower case, or as a
   number where that is asked for. #}
{% macro segment_value(persons, conditions, as_number=false) -%}
    case {{ conditions }}.attribute
        {%- for attribute, kind in segment_attributes().items() if kind == 'number' or not as_number %}
        when '{{ attribute }}' then
            {%- if as_number %} cast({{ persons }}.{{ attribute }} as {{ sql_type('double') }})
            {%- else %} lower(cast({{ persons }}.{{ attribute }} as {{ dbt.type_string() }}))
            {%- endif %}
        {%- endfor %}
    end
{%- endmacro %}
