{# The rows of contract_fields: the facts about each field, as texts in the order of its columns. #}
{% macro contract_field_rows(fields) -%}
    {%- set rows = [] -%}
    {%- for about in fields -%}
        {%- set said = {} -%}
        {%- for rule in about.get('rules') or [] -%}
            {%- for type in ('allowed_values', 'format') if type in rule -%}
                {%- do said.update({type: rule[type] if rule[type] is string else rule[type] | join(';')}) -%}
            {%- endfor -%}
        {%- endfor -%}
        {%- do rows.append([
            about.table ~ '.' ~ about.column, about.kind, about.table, about.column, about.data_type,
            about.definition | default('', true) | trim, about.business_owner, about.steward,
            about.source_of_truth, about.refresh_cadence, about.pii, about.workflow,
            fields_fed(about) | join(';') if about.get('maps_to'), said.get('allowed_values'),
            said.get('format'), 'true' if about.required else 'false', about.get('min_completeness'),
        ]) -%}
    {%- endfor -%}
    {{ return(rows) }}
{%- endmacro %}
