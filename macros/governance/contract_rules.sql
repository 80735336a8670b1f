{# Every rule that is checked, as a CTE body: those of intake and what each does with a row, those of
   tables, and the constraints of published columns. A rule without a check is not in here. #}
{% macro contract_rules() -%}
    {%- set rows = [] -%}
    {%- if execute -%}
        {%- do stop_at_unchecked_rules() -%}
        {%- for entity in entities() -%}{%- do rows.extend(intake_rules(entity)) -%}{%- endfor -%}
        {%- do rows.extend(table_rules()) -%}
    {%- endif -%}
    {{ rows_of(
        {'rule_id': 'string', 'stage': 'string', 'rule_type': 'string', 'table_name': 'string',
            'column_name': 'string', 'severity': 'string', 'definition': 'string',
            'enforced_by': 'string', 'business_owner': 'string', 'problem': 'string',
            'next_step': 'string', 'may_be_released': 'boolean'},
        rows
    ) }}
{%- endmacro %}
