-- Grain: one judged row of any entity, with its place and where it comes from.
{{ config(materialized='view') }}

{% for entity in entities() %}
select
    '{{ entity }}' as entity,
    {{ raw_row_id('event', [], 'copy_number') if entity == 'event' else 'raw_row_id' }}
        as raw_row_id,
    {{ provenance_columns() | join(', ') }},
    duplicate_of,
    reason_codes,
    disposition
from {{ ref('int_' ~ entity ~ '__checked') }}
{{ 'union all' if not loop.last }}
{% endfor %}
