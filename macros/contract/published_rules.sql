{# The rules that the columns of a published table's node declare and that are asked of it, by name, each
   with its type and, as SQL, when a row breaks it. #}
{% macro published_rules(node) -%}
    {%- set rules = {} -%}
    {%- for column in (node.columns.values() if node else []) -%}
        {%- for declared in ((column.config or {}).get('meta') or {}).get('rules') or [] -%}
            {%- set rule = dict(declared) -%}
            {%- do rule.update({'type': rule_type(declared, node.name ~ '.' ~ column.name)}) -%}
            {%- if is_checked_when_published(rule) -%}
                {%- do rule.update({
                    'column': column.name,
                    'broken': broken_rule(rule, column.name, column.data_type),
                }) -%}
                {%- set name = column.name ~ '.' ~ declared.get('name', rule_types()[rule.type]) -%}
                {%- do rules.update({name ~ ('_' ~ rules | length if name in rules else ''): rule}) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(rules) }}
{%- endmacro %}
