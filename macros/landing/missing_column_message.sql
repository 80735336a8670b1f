{# What to say when a required column is not there: where, what was looked for, what comes closest. #}
{% macro missing_column_message(table, column, scan) -%}
    {%- set scored = [] -%}
    {%- for raw in scan.columns -%}
        {%- do scored.append((name_distance(column.name, raw.name), raw.raw_name)) -%}
    {%- endfor -%}
    {%- set closest = (scored | sort)[:5] | map(attribute=1) | join(', ') -%}
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
