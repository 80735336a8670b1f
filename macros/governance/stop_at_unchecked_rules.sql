{# Ends the build where a field declares a rule that nothing would check: a published column whose table
   is made of no entity of intake, or that intake does not know, without a row_rules test that would ask
   for it; a raw column that feeds no field of its object's entity. #}
{% macro stop_at_unchecked_rules() -%}
    {%- set tested, unchecked = [], [] -%}
    {%- for test in graph.nodes.values() if (test.get('test_metadata') or {}).get('name') == 'row_rules' -%}
        {%- do tested.append(test.attached_node) -%}
    {%- endfor -%}
    {%- for node in published_nodes() -%}
        {%- set entity = node.config.meta.get('entity', node.name) -%}
        {%- set at_intake = entity in entities() and node.version == node.latest_version -%}
        {%- for column in node.columns.values() -%}
            {%- for declared in ((column.config or {}).get('meta') or {}).get('rules') or [] -%}
                {%- set rule = dict(declared) -%}
                {%- do rule.update({'type': rule_type(declared, node.name ~ '.' ~ column.name)}) -%}
                {%- if not (at_intake and rule.get('intake', true))
                    and not (node.unique_id in tested and is_checked_when_published(rule)) -%}
                    {%- do unchecked.append(node.name ~ '.' ~ column.name ~ ' declares ' ~ declared
                        ~ ', and nothing checks it: name an entity of intake in the meta of the table, or '
                        ~ 'give it a row_rules test and the rule a severity other than report.') -%}
                {%- endif -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for table in landing_declarations() -%}
        {%- for column in table.columns if column.get('rules') -%}
            {%- set entities_fed = [] -%}
            {%- for target in fields_fed(column) -%}{%- do entities_fed.append(target.split('.')[0]) -%}{%- endfor -%}
            {%- if table.get('entity') not in entities_fed -%}
                {%- do unchecked.append(table.connector ~ '.' ~ table.object ~ '.' ~ column.name ~ ' declares '
                    ~ column.rules ~ ', and nothing checks it: it maps to no field of the object\'s entity.') -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- if unchecked -%}{{ exceptions.raise_compiler_error(unchecked | join('\n')) }}{%- endif -%}
{%- endmacro %}
