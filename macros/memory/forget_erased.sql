{# Run after a memory of rows about people: takes out those of people who were erased. `kinds` says by
   which kind of identifier which column names somebody, `born_at` when a row came to be. Of people
   whose identifiers alone went, those that name an address. #}
{% macro forget_erased(kinds, born_at) -%}
    {%- set scopes = erasure_scopes() -%}
    {%- if scopes -%}
    {%- set start = "cast('1970-01-01' as " ~ dbt.type_timestamp() ~ ")" -%}
    delete from {{ this }}
    where false
        {%- for column, kind in kinds.items() %}
        {%- for scope in scopes if scope == 'all' or (scope == 'identifiers' and kind != 'record') %}
        or {{ erased_value(kind, column, 'source_system', 'coalesce(' ~ born_at ~ ', ' ~ start ~ ')', scope) }}
        {%- endfor %}
        {%- endfor %}
    {%- endif -%}
{%- endmacro %}
