-- Grain: one raw object of one connector.
select
    'hubspot' as connector, 'contact' as source_object,
    60 as rows_in, 50 as accepted, 4 as duplicate, 3 as quarantined, 3 as excluded,
    0 as erasure_blocked, 0 as difference
union all
select 'ga4', 'events', 1000, 990, 10, 0, 0, 0, {{ env_var('MINI_DIFFERENCE', '0') }}
