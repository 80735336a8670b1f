{# What a criterion looks at of something that happened, as text. #}
{% macro looked_at(happenings, criteria) -%}
    case {{ criteria }}.looks_at
        {%- for part in ['page', 'outcome', 'technology', 'score'] %}
        when '{{ part }}' then {{ happenings }}.{{ part }}
        {%- endfor %}
    end
{%- endmacro %}
