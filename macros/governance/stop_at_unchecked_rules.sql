{# Ends the build where a published column declares a rule that nothing would check: its table is made of
   no entity of intake, and has no row_rules test that would ask for it. #}
{% macro stop_at_unchecked_rules() -%}
    {%- set tested = [] -%}
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
                {%- if not at_intake and not (node.unique_id in tested and is_checked_when_published(rule)) -%}
                    {{ exceptions.raise_compiler_error(node.name ~ '.' ~ column.name ~ ' declares ' ~ declared
                        ~ ', and nothing checks it: name an entity of intake in the meta of the table, or '
                        ~ 'give it a row_rules test and the rule a severity other than report.') }}
                {%- endif -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endfor -%}
{%- endmacro %}
