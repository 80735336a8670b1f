{# What the YAML says of each field, as a CTE body: the columns of published tables, and the raw columns
   of the connectors that are on. A column's own meta goes before its table's. A raw column serves the
   workflow of the published one that it feeds, or else of its entity's table, and is asked its rules. #}
{% macro contract_fields() -%}
    {%- set columns = {
        'field_id': 'string', 'kind': 'string', 'table_name': 'string', 'column_name': 'string',
        'data_type': 'string', 'definition': 'string', 'business_owner': 'string', 'steward': 'string',
        'source_of_truth': 'string', 'refresh_cadence': 'string', 'pii': 'string', 'workflow': 'string',
        'maps_to': 'string', 'allowed_values': 'string', 'format': 'string', 'is_required': 'boolean',
        'min_completeness': 'double',
    } -%}
    {%- set fields, served, asked = [], {}, {} -%}
    {%- for node in published_nodes() -%}
        {%- set table = node.config.meta -%}
        {%- for column in node.columns.values() -%}
            {%- set about = dict(table) -%}
            {%- do about.update((column.config or {}).get('meta') or {}) -%}
            {%- do about.update({
                'kind': 'published', 'table': node.schema ~ '.' ~ node.alias, 'column': column.name,
                'data_type': column.data_type, 'definition': column.description,
                'required': column.constraints | selectattr('type', 'equalto', 'not_null') | list | length > 0,
            }) -%}
            {%- do fields.append(about) -%}
            {%- set entity = table.get('entity', node.name) -%}
            {%- if entity not in served -%}{%- do served.update({entity: about.get('workflow')}) -%}{%- endif -%}
            {%- do served.update({
                entity ~ '.' ~ about.get('intake_field', column.name): about.get('workflow')
            }) -%}
            {%- do asked.update({
                entity ~ '.' ~ about.get('intake_field', column.name):
                    (about.get('rules') or []) | rejectattr('intake', 'equalto', false) | list
            }) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for table in landing_declarations() -%}
        {%- for column in table.columns -%}
            {%- set about = dict(table) -%}
            {%- do about.update(column) -%}
            {%- set target = fields_fed(about) | first | default('') -%}
            {%- do about.update({
                'kind': 'source', 'table': table.connector ~ '.' ~ table.object, 'column': column.name,
                'definition': column.get('description'), 'required': column.get('required', false),
                'source_of_truth': table.connector,
                'workflow': about.get('workflow') or served.get(target)
                    or served.get(table.entity, 'tracking') if target else none,
                'rules': (column.get('rules') or []) + asked.get(target, []),
            }) -%}
            {%- do fields.append(about) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ rows_of(columns, contract_field_rows(fields)) }}
{%- endmacro %}
