{# True where a row of measures meets a condition of a definition. `suffix` asks the measures as they were
   just before the row's moment. #}
{% macro condition_holds(moments, conditions, suffix='') -%}
    {%- set value -%}
        case {{ conditions }}.measure
            {%- for score in ['fit_score', 'engagement_score', 'composite_score'] %}
            when '{{ score }}' then {{ moments }}.{{ score }}{{ suffix }}
            {%- endfor %}
            {%- for measure in counted_measures() %}
            when '{{ measure }}_count' then {{ moments }}.{{ measure }}_count{{ suffix }}
            {%- endfor %}
        end
    {%- endset -%}
    case {{ conditions }}.operator
        when '>' then {{ value }} > {{ conditions }}.threshold
        when '>=' then {{ value }} >= {{ conditions }}.threshold
    end
{%- endmacro %}
