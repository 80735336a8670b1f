{# All rules that the fields of one entity declare, in one order: for each its reason code, type,
   severity, and as SQL when a row at intake breaks it. Severity `reject` holds the row, `warn` takes
   it without the value, `report` takes it as it is; the last two are noted on the row. dbt's unit
   tests see no graph, and so no declared rule. #}
{% macro declared_rules(entity) -%}
    {%- set rules = [] -%}
    {%- if not (execute and graph.get('nodes')) -%}{{ return(rules) }}{%- endif -%}
    {%- set types = entity_columns(entity) -%}
    {%- for place in rule_places(entity) -%}
        {%- set where = place.table ~ '.' ~ place.column -%}
        {%- if place.field not in types -%}
            {{ exceptions.raise_compiler_error(where ~ ': a rule needs a field of intake, and ' ~ entity
                ~ ' has no ' ~ place.field ~ '. Name it with intake_field or maps_to, or let the rule say '
                ~ 'intake: false, if only the published table can be asked.') }}
        {%- endif -%}
        {%- for declared in place.rules -%}
            {%- set kind = rule_type(declared, where) -%}
            {%- set rule = dict(declared) -%}
            {%- do rule.update({
                'type': kind,
                'entity': entity,
                'field': place.field,
                'table': place.table,
                'column': place.column,
                'owner': place.owner,
                'severity': declared.get('severity', 'warn'),
                'reason': entity ~ '.' ~ place.field ~ '.' ~ declared.get('name', rule_types()[kind]),
                'mark': 'rule_' ~ rules | length,
            }) -%}
            {%- set conditions = ['_unparsable is null and not is_deleted'] -%}
            {%- if place.get('connector') -%}
                {%- do conditions.append("connector = '" ~ place.connector ~ "' and source_object = '"
                    ~ place.object ~ "'") -%}
            {%- endif -%}
            {%- if kind == 'required' -%}
                {%- do conditions.append('not ' ~ unreadable(raw_names(entity, place.field))) -%}
            {%- endif -%}
            {%- do conditions.append(broken_rule(rule, place.field, types[place.field])) -%}
            {%- do rule.update({'broken': conditions | join(' and ')}) -%}
            {%- do rules.append(rule) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(rules) }}
{%- endmacro %}
