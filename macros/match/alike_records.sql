{# Select of the records that likeness merges with another. #}
{% macro alike_records() -%}
    select left_record_key as record_key from {{ ref('int_match__decided') }} where decision = 'merge'
    union
    select right_record_key as record_key from {{ ref('int_match__decided') }} where decision = 'merge'
{%- endmacro %}
