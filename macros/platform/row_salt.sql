{#- A secret of the vault that goes into hashes of whole rows and of what browsers are called by, so that
    whoever reads such a hash outside can't try what it was made of. It stays when the key of
    `keyed_hash` is changed (see cdm.keys), so that rows keep their names. -#}
{% macro row_salt() %}
    {{- return(adapter.dispatch('row_salt', 'customer_data_model')()) -}}
{% endmacro %}

{% macro default__row_salt() -%}
    {{ unsupported_on_engine('row_salt') }}
{%- endmacro %}

{% macro duckdb__row_salt() -%}
    coalesce(
        cast(getvariable('cdm_row_salt') as varchar),
        cast(error('session variable cdm_row_salt is not set') as varchar)
    )
{%- endmacro %}

{% macro postgres__row_salt() -%}
    current_setting('cdm.row_salt')
{%- endmacro %}
