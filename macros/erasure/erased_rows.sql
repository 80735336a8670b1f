{# Condition: the landed rows of one object that are of somebody who was erased. A line that could not be
   read is searched for their address, their record, their login and their cookie. #}
{% macro erased_rows(table) -%}
    {%- set names = table.columns | map(attribute='name') | list -%}
    {%- set system = 'source_system' if 'source_system' in names else "'" ~ table.connector ~ "'" -%}
    {%- set born, conditions, texts = [], [], ['_undeclared', '_unparsable'] -%}
    {%- for column in table.columns -%}
        {%- set target = (column.get('maps_to') or '').split('.')[-1] -%}
        {%- if column.data_type == 'timestamp' and target in ('created_at', 'captured_at', 'event_at', 'double_opt_in_at') -%}
            {%- do born.append(column.name) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set start = "cast('1970-01-01' as " ~ dbt.type_timestamp() ~ ")" -%}
    {%- set born_at = 'coalesce(' ~ (greatest_of(born) if born | length > 1 else (born | first | default('null'))) ~ ', ' ~ start ~ ')' -%}
    {%- for column in table.columns -%}
        {%- set kind = erasure_kind(column) -%}
        {%- if kind == 'text' -%}{%- do texts.append(column.name) -%}
        {%- elif kind -%}{%- do conditions.append(erased_value(kind, column.name, system, born_at)) -%}{%- endif -%}
    {%- endfor -%}
    {%- set listed -%}
        select erased.id_hash from {{ erasure_ledger('identifier') }} as erased
        where erased.readmitted_at is null and erased.id_type
    {%- endset -%}
    {%- for text in texts -%}
        {%- do conditions.append(row_location() ~ ' in (' ~ rows_with_token(this, text, listed ~ " = 'email'") ~ ')') -%}
    {%- endfor -%}
    {%- do conditions.append(row_location() ~ ' in (' ~ rows_with_token(
        this, '_unparsable', listed ~ " = 'record'", table.connector ~ ':'
    ) ~ ')') -%}
    {{ conditions | join('\n or ') }}
{%- endmacro %}
