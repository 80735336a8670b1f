-- Grain: one judged row of any entity, with its place and where it comes from.
{{ config(materialized='view') }}

{% for entity in entities() %}
select
    '{{ entity }}' as entity,
    raw_row_id,
    {{ provenance_columns() | join(', ') }},
    reason_codes,
    disposition
from {{ ref('int_' ~ entity ~ '__checked') }}
{{ 'union all' if not loop.last }}
{% endfor %}
