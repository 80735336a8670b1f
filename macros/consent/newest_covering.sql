{# The newest denial or objection that covers a row of the CTE `ruled`, of those that consent_decision
   joins to it: of the contact point alone where that is the policy, else of the person. #}
{% macro newest_covering(kind) -%}
    {%- set own, any = [], [] -%}
    {%- for width in ['same', 'each_purpose', 'each_channel', 'everything'] -%}
        {%- do own.append(width ~ '.own_' ~ kind ~ '_at') -%}
        {%- do any.append(width ~ '.any_' ~ kind ~ '_at') -%}
    {%- endfor -%}
    case
        when ruled.resolution = 'per_contact_point' then {{ greatest_of(own) }}
        else {{ greatest_of(any) }}
    end
{%- endmacro %}
