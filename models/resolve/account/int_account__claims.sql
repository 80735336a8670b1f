-- Grain: one record id that one company record carries: its own, and those merged with it.
with records as (
    select * from {{ ref('int_account__checked') }}
    where is_current
),

losers as (
    {{ split_rows('records', 'merged_record_ids', ';') }}
),

claims as (
    select record_key, record_key as claimed_record_key from records
    union
    select record_key, source_system || ':' || merged_into as claimed_record_key
    from records
    where merged_into is not null
    union
    select record_key, source_system || ':' || part as claimed_record_key from losers
)

select * from claims
