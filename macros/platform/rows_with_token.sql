{# Query: the places (row_location) of a relation's rows in whose text a token stands that was erased.
   `listed` is a query of hashes of the ledger; `prefix` stands before each token when it is hashed. #}
{% macro rows_with_token(relation, expr, listed, prefix='') -%}
    {{ return(adapter.dispatch('rows_with_token', 'customer_data_model')(relation, expr, listed, prefix)) }}
{%- endmacro %}

{% macro default__rows_with_token(relation, expr, listed, prefix='') -%}
    {{ unsupported_on_engine('rows_with_token') }}
{%- endmacro %}

{% macro duckdb__rows_with_token(relation, expr, listed, prefix='') -%}
    select place
    from (
        select
            rowid as place,
            unnest(regexp_extract_all(
                replace(lower({{ expr }}), '%40', '@'), '[^][\s"''<>,;:=&?/|(){}\\]+'
            )) as token
        from {{ relation }}
        where {{ expr }} is not null
            {%- if not prefix %} and ({{ expr }} like '%@%' or {{ expr }} like '%\%40%' escape '\'){% endif %}
    ) as tokens
    where {{ keyed_hash("'" ~ prefix ~ "' || token", 'erasure') }} in ({{ listed }})
        {%- if not prefix %} and token like '%@%'{% endif %}
{%- endmacro %}
