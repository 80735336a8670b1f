{# What one declared raw object really is: a list of scans, each {scan, label, file, unparsable,
   columns: [{raw_name, name, expression}]}, where `expression` reads a column as text. By default the
   object is a table that a loader wrote; on DuckDB it is the files of the folder of exports, with
   `earlier` the exports of earlier days, which are not read, and a column that no text is has `number`
   or `nested` (cdm.landing.Column). #}
{% macro raw_scans(table, relation) -%}
    {{ return(adapter.dispatch('raw_scans', 'customer_data_model')(table, relation)) }}
{%- endmacro %}

{% macro default__raw_scans(table, relation) -%}
    {%- set found = adapter.get_relation(relation.database, relation.schema, relation.identifier) -%}
    {%- if found is none -%}
        {{ return(absent_object(table, 'the table ' ~ relation)) }}
    {%- endif -%}
    {%- set columns = [] -%}
    {%- for column in adapter.get_columns_in_relation(found) -%}
        {%- do columns.append({
            'raw_name': column.name,
            'name': landing_name(column.name),
            'expression': 'cast(' ~ adapter.quote(column.name) ~ ' as ' ~ dbt.type_string() ~ ')',
        }) -%}
    {%- endfor -%}
    {{ return([{
        'scan': found, 'label': found | string, 'file': "'" ~ found ~ "'", 'unparsable': none,
        'columns': columns,
    }]) }}
{%- endmacro %}

{% macro duckdb__raw_scans(table, relation) -%}
    {%- if reads_tables() -%}
        {{ return(customer_data_model.default__raw_scans(table, relation)) }}
    {%- endif -%}
    {%- set answer = export_files({
        'connector': table.connector,
        'names': [table.object] + (table.get('object_aliases') or []),
        'known': landed_files(table),
        'newest': table.get('load') != 'append',
    }) -%}
    {%- if not answer.groups and not landed_files(table) -%}
        {{ return(absent_object(
            table,
            'a file or folder ' ~ ([table.object] + (table.get('object_aliases') or [])) | join(', ')
                ~ ' (.csv, .tsv, .json, .ndjson, .jsonl or .parquet) in ' ~ answer.root ~ table.connector ~ '/',
            unread_files(table.connector, object_names(table.connector))
        )) }}
    {%- endif -%}
    {%- set scans = [] -%}
    {%- for group in answer.groups -%}
        {%- do group.update({
            'earlier': answer.earlier,
            'file': 'substr(_file, ' ~ (answer.root | length + 1) ~ ')',
        }) -%}
        {%- do scans.append(group) -%}
    {%- endfor -%}
    {{ return(scans) }}
{%- endmacro %}
