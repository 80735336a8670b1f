{# What to say when a required column is not there: where, what was looked for, what comes closest. #}
{% macro missing_column_message(table, column, scan) -%}
    {%- set there = scan.columns | map(attribute='name') | list -%}
    {%- set closest = closest_names(column.name, zip(there, scan.columns | map(attribute='raw_name') | list)) -%}
    {%- set names = [column.name] + (column.get('aliases') or []) -%}
    {{ return(
        table.connector ~ '.' ~ table.object ~ ': the required column "' ~ column.name
        ~ '" is missing in ' ~ scan.label ~ '. Looked for: ' ~ names | join(', ')
        ~ '. Closest columns there: ' ~ closest
        ~ '. If one of them is the same field under another name, add it to the aliases of this '
        ~ 'column in models/staging/' ~ table.connector ~ '/_' ~ table.connector ~ '__sources.yml; '
        ~ 'else ask ' ~ (table.get('steward') or 'the steward') ~ ' why the export changed. '
        ~ 'Nothing was published.'
    ) }}
{%- endmacro %}
