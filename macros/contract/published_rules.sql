{# The rules that the columns of a published table's node declare, as {name: condition under which a row
   breaks it}. Those that only report at intake are not asked of the published table. #}
{% macro published_rules(node) -%}
    {%- set broken = {} -%}
    {%- for column in (node.columns.values() if node else []) -%}
        {%- for declared in ((column.config or {}).get('meta') or {}).get('rules') or [] -%}
            {%- set rule = dict(declared) -%}
            {%- do rule.update({'type': rule_type(declared, node.name ~ '.' ~ column.name)}) -%}
            {%- if is_checked_when_published(rule) -%}
                {%- do broken.update({
                    column.name ~ '.' ~ declared.get('name', rule_types()[rule.type]):
                        broken_rule(rule, column.name, column.data_type)
                }) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(broken) }}
{%- endmacro %}
