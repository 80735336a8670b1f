{# The reasons that hold a row of an entity and may be waived or overruled: the row has all that the
   tables need, only a rule speaks against it. Never that an id, a time or a known name is missing. #}
{% macro waivable_reasons(entity, rules) -%}
    {%- set always = {
        'person': ['person.row.empty'],
        'account': ['account.row.empty'],
        'consent': ['consent.evidence.missing'],
    } -%}
    {%- set reasons = always.get(entity, []) | list -%}
    {%- for rule in rules if rule.severity == 'reject' and rule.type != 'required' -%}
        {%- do reasons.append(rule.reason) -%}
    {%- endfor -%}
    {{ return(reasons) }}
{%- endmacro %}
