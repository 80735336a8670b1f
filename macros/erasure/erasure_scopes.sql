{# What of erased people went, of all that the ledger names: all, identifiers, behaviour. #}
{% macro erasure_scopes() -%}
    {%- set found = [] -%}
    {%- if execute and has_ledgers() -%}
        {%- for row in run_query(
            'select distinct scope from ' ~ erasure_ledger('identifier') ~ ' order by scope'
        ).rows -%}
            {%- do found.append(row[0]) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(found) }}
{%- endmacro %}
