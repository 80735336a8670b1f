-- Grain: one way a telephone number was written, with the country of the record that wrote it. Only
-- what is new is looked at: the library knows a few thousand numbers a second.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    post_hook="delete from {{ this }} where not exists (
        select 1 from {{ ref('int_person__checked') }} as standing
        where standing.is_current and standing.phone = {{ this }}.written
    )",
) }}

with written as (
    select distinct phone as written, coalesce(lower(trim(country)), '') as country
    from {{ ref('int_person__checked') }}
    where is_current and {{ is_phone('phone') }}
),

countries as (
    select name, alpha2 from {{ ref('ref_country_name') }}
),

known as (
    {% if is_incremental() -%}
    select written, country from {{ this }}
    {%- else -%}
    select written, country from written
    where 1 = 0
    {%- endif %}
),

fresh as (
    select written.written, written.country, coalesce(countries.alpha2, '') as region
    from written
    left join countries
        on written.country = countries.name
    left join known
        on written.written = known.written and written.country = known.country
    where known.written is null
),

normalised as (
    select
        written,
        country,
        {{ phone_e164('written', 'region') }} as e164
    from fresh
)

select * from normalised
