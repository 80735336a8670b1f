{# The columns in which the loaders say when they fetched a row, as normalised names. #}
{% macro loader_sync_columns() -%}
    {{ return([
        'fivetran_synced', 'airbyte_extracted_at', 'airbyte_emitted_at', 'sdc_extracted_at',
        'sdc_batched_at',
    ]) }}
{%- endmacro %}
