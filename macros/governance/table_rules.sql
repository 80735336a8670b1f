{# The rules that are asked of whole tables: every data test of the graph, one row for each rule of a
   row_rules test, and the constraints of published columns. #}
{% macro table_rules() -%}
    {%- set rows = [] -%}
    {%- for test in graph.nodes.values() | selectattr('resource_type', 'equalto', 'test') | sort(attribute='unique_id') -%}
        {%- set tested = graph.nodes.get(test.get('attached_node') or '') or graph.sources.get(test.get('attached_node') or '') -%}
        {%- set about = test.get('test_metadata') or {} -%}
        {%- set arguments = about.get('kwargs') or {} -%}
        {%- set meta = ((tested or {}).get('config') or {}).get('meta') or {} -%}
        {%- set severity = 'error' if (test.config.severity | lower) == 'error' else 'warn' -%}
        {%- set place = [tested.fqn[1] ~ '.' ~ tested.get('alias', tested.name) if tested else none] -%}
        {%- set later = tested and tested.get('alias', tested.name) != tested.name -%}
        {%- set label = test.name ~ ('@' ~ tested.alias if later else '') -%}
        {%- set problem = test.description | default('', true) | trim or none -%}
        {%- set named = [] -%}
        {%- for rule, condition in (arguments.get('rules') or {}).items() -%}
            {%- do named.append([label ~ '.' ~ rule, arguments.get('column_name'), condition, problem, none]) -%}
        {%- endfor -%}
        {%- if about.get('name') == 'row_rules' and tested -%}
            {%- for name, rule in published_rules(tested).items() -%}
                {%- do named.append([
                    label ~ '.' ~ name, rule.column, rule_text(rule),
                    rule.get('problem') or rule.column ~ ' is against its rule', rule.get('next_step') or problem,
                ]) -%}
            {%- endfor -%}
        {%- else -%}
            {%- do named.append([label, arguments.get('column_name'), arguments | string if about else none, problem, none]) -%}
        {%- endif -%}
        {%- for id, column, definition, said, step in named -%}
            {%- do rows.append([
                id, tested.fqn[1] if tested else 'promise', about.get('name') or 'promise'] + place + [
                column, severity, definition, test.name, meta.get('business_owner', 'data_team'), said, step, 'false',
            ]) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for node in published_nodes() -%}
        {%- for column in node.columns.values() -%}
            {%- for constraint in column.constraints -%}
                {%- set id = 'constraint.' ~ node.alias ~ '.' ~ column.name ~ '.' ~ constraint.type -%}
                {%- do rows.append([
                    id, node.fqn[1], constraint.type | string, node.fqn[1] ~ '.' ~ node.alias, column.name, 'error', none,
                    'constraint', node.config.meta.get('business_owner'), none, none, 'false',
                ]) -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(rows) }}
{%- endmacro %}
