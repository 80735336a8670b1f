{# The rules by which intake judges the rows of one entity: those that its fields declare, and those that
   stand in the text of its model, so that none can be forgotten. A
   steward may let a row in where there is something to take: never without what the tables need. #}
{% macro intake_rules(entity) -%}
    {%- set rules, model = {}, 'int_' ~ entity ~ '__checked' -%}
    {%- set declared = declared_rules(entity) -%}
    {%- set releasable = waivable_reasons(entity, declared) -%}
    {%- for rule in declared -%}
        {%- set id = rule.reason -%}
        {%- if id in rules -%}{%- set id = id ~ '@' ~ rule.table -%}{%- endif -%}
        {%- do rules.update({id: [
            id, 'intake', 'conditional' if rule.get('when') else rule.type, rule.table, rule.column,
            rule.severity, rule_text(rule), model, rule.owner or 'data_team',
            rule.get('problem') or rule_problem(rule),
            rule.get('next_step') or 'Correct the value in the source system and export the row again.',
            'true' if rule.reason in releasable else 'false',
        ]}) -%}
    {%- endfor -%}
    {%- set text = (graph.nodes.values() | selectattr('name', 'equalto', model) | list | first).raw_code -%}
    {%- set held, _, rest = text.partition(' as hold_reasons') -%}
    {%- set excluded, _, noted = rest.partition(' as exclude_reasons') -%}
    {%- set places = [('reject', held), ('exclude', excluded), ('warn', noted)] -%}
    {%- for severity, part in places -%}
        {%- for id in modules.re.findall("'(" ~ entity ~ "[.][a-z_]+[.][a-z_]+)'", part) if id not in rules -%}
            {%- do rules.update({id: [
                id, 'intake', 'row', model, id.split('.')[1], severity, none, model, none, none, none,
                'true' if id in releasable else 'false',
            ]}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- set absent = 'the value can not be read, so it counts as absent' -%}
    {%- set declare = 'Correct the value or declare its type and date order in the sources YAML.' -%}
    {%- for id, severity, problem, next_step in [
        ('updated_at.unparsable', 'warn', absent, declare),
        ('is_deleted.unparsable', 'warn', absent, declare),
        ('row.unparsable', 'reject', none, none),
        ('source_system.missing', 'reject', none, none),
        ('source_record_id.missing', 'reject', none, none),
        ('row.rejected', 'reject', 'a steward decided to keep it out', 'Nothing, unless the decision was wrong.'),
    ] -%}
        {%- do rules.update({entity ~ '.' ~ id: [
            entity ~ '.' ~ id, 'intake', 'row', model, id.split('.')[0], severity, none, model, none,
            problem, next_step, 'true' if id == 'row.rejected' else 'false',
        ]}) -%}
    {%- endfor -%}
    {{ return(rules.values() | list) }}
{%- endmacro %}
