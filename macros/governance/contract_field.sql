{# One row of contract_fields: the facts about one field, as texts in the order of its columns. #}
{% macro contract_field(about) -%}
    {%- set said = {} -%}
    {%- for rule in about.get('rules') or [] -%}
        {%- for type in ('allowed_values', 'format') if type in rule -%}
            {%- do said.update({type: rule[type] if rule[type] is string else rule[type] | join(';')}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- set row = [about.table ~ '.' ~ about.column, about.kind, about.table, about.column] -%}
    {%- for fact in ('data_type', 'definition', 'business_owner', 'steward', 'source_of_truth', 'refresh_cadence', 'pii', 'workflow') -%}
        {%- do row.append((about.get(fact) or '') | string | trim or none) -%}
    {%- endfor -%}
    {{ return(row + [
        fields_fed(about) | join(';') or none, said.get('allowed_values'), said.get('format'),
        'true' if about.required else 'false', about.get('min_completeness'),
    ]) }}
{%- endmacro %}
