{# A field as intake takes it: left out where a rule with severity `warn` speaks against the value, and
   in a row that was let in although a rule rejected it for the value. #}
{% macro value_taken(field, rules) -%}
    {%- set conditions = [] -%}
    {%- for rule in rules if rule.field == field and rule.type != 'required' and rule.severity != 'report' -%}
        {%- do conditions.append(
            "coalesce(hold_reasons, '') || coalesce(notes, '') || ';' like '%;" ~ rule.reason ~ ";%'"
        ) -%}
    {%- endfor -%}
    {%- if conditions -%}
        case when not ({{ conditions | join(' or ') }}) then {{ field }} end as {{ field }}
    {%- else -%}
        {{ field }}
    {%- endif -%}
{%- endmacro %}
