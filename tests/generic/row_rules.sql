{# Rules that hold in every row, all judged in one pass: {name: condition}. A condition that comes out
   as null passes, as in a check constraint. Gives one row per broken rule, with the rows that break it. #}
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
