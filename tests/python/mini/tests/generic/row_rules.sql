{# As in the real project: one row per broken rule. #}
{% test row_rules(model, rules) %}
with judged as (
    select
        {%- for condition in rules.values() %}
        sum(case when not ({{ condition }}) then 1 else 0 end) as rule_{{ loop.index }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ model }}
)
{% for rule in rules %}
select '{{ rule }}' as broken_rule, rule_{{ loop.index }} as row_count from judged where rule_{{ loop.index }} > 0
{{ 'union all' if not loop.last }}
{%- endfor %}
{% endtest %}
