{# Rules that hold in every row, all judged in one pass: {name: condition}, and those that the table's
   fields declare. A condition that comes out as null passes, as in a check constraint. Gives one row
   per broken rule, with the number of rows that break it and the key of one of them. #}
{% test row_rules(model, rules={}) %}
{%- set node = published_node(model) -%}
{%- set broken, key = {}, row_key(node) -%}
{%- for name, rule in published_rules(node).items() -%}{%- do broken.update({name: rule.broken}) -%}{%- endfor -%}
{%- for name, condition in rules.items() -%}{%- do broken.update({name: 'not (' ~ condition ~ ')'}) -%}{%- endfor -%}
with judged as (
    select
        {%- for condition in broken.values() %}
        sum(case when {{ condition }} then 1 else 0 end) as rule_{{ loop.index }},
        min(case when {{ condition }} then {{ key }} end) as key_{{ loop.index }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ model }}
)
{% for rule in broken %}
select '{{ rule }}' as broken_rule, rule_{{ loop.index }} as row_count, key_{{ loop.index }} as for_example
from judged where rule_{{ loop.index }} > 0
{{ 'union all' if not loop.last }}
{%- endfor %}
{% endtest %}
