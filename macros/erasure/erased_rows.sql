{# Condition: the landed rows of one object that an erasure of this scope reaches. A line that could not be
   read is searched for their address, their record, their login and their cookie. Without identifiers
   logins, browsers and links of a record say nothing any more; what was done is known by its time. #}
{% macro erased_rows(table, scope='all') -%}
    {%- set names = table.columns | map(attribute='name') | list -%}
    {%- set system = 'source_system' if 'source_system' in names else "'" ~ table.connector ~ "'" -%}
    {%- set born, conditions, texts = has_own_time(table), [], ['_undeclared', '_unparsable'] -%}
    {%- set start = "cast('1970-01-01' as " ~ dbt.type_timestamp() ~ ")" -%}
    {%- set born_at = greatest_of(born) if born | length > 1 else (born | first | default('null')) -%}
    {%- set born_at = born_at if scope == 'behaviour' else 'coalesce(' ~ born_at ~ ', ' ~ start ~ ')' -%}
    {%- for column in table.columns -%}
        {%- set kind = erasure_kind(column) -%}
        {%- if scope == 'identifiers' and (
            kind in ('user_id', 'cookie') or (kind == 'record' and column.maps_to != 'person.source_record_id')
        ) -%}{%- set kind = none -%}{%- endif -%}
        {%- if kind == 'text' -%}{%- do texts.append(column.name) -%}
        {%- elif kind -%}
            {#- An account may have the same number as a person. -#}
            {%- set value = "case when coalesce(lower(subject_type), '') <> 'account' then " ~ column.name ~ " end"
                if kind == 'record' and 'subject_type' in names else column.name -%}
            {%- do conditions.append(erased_value(kind, value, system, born_at, scope)) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set listed -%}
        select erased.id_hash from {{ erasure_ledger('identifier') }} as erased
        where erased.scope = '{{ scope }}' and erased.readmitted_at is null and erased.id_type
    {%- endset -%}
    {%- for text in texts if scope != 'behaviour' -%}
        {%- do conditions.append(row_location() ~ ' in (' ~ rows_with_token(this, text, listed ~ " = 'email'") ~ ')') -%}
    {%- endfor -%}
    {%- if scope == 'all' -%}{%- do conditions.append(row_location() ~ ' in (' ~ rows_with_token(
        this, '_unparsable', listed ~ " = 'record'", table.connector ~ ':'
    ) ~ ')') -%}{%- endif -%}
    {{ conditions | join('\n or ') }}
{%- endmacro %}
