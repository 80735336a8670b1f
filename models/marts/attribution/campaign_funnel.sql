-- Grain: one campaign: whom it touched in which phase, and what they became afterwards.
{% set types = ['lead', 'mql', 'sql', 'opportunity', 'new_business', 'expansion', 'renewal'] -%}
with touches as (
    select touchpoint.*, source.campaign
    from {{ ref('touchpoint') }} as touchpoint
    inner join {{ ref('source') }} as source
        on touchpoint.source_id = source.source_id
    where touchpoint.is_marketing and source.campaign is not null
),

reached as (
    select
        campaign,
        count(*) as touch_count,
        count(distinct person_id) as person_count,
        count(distinct account_id) as account_count,
        min(touched_at) as first_touched_at,
        max(touched_at) as last_touched_at,
        sum(case when funnel_phase = 'awareness' then 1 else 0 end) as awareness_touches,
        sum(case when funnel_phase = 'consideration' then 1 else 0 end) as consideration_touches,
        sum(case when funnel_phase = 'conversion' then 1 else 0 end) as conversion_touches
    from touches
    group by campaign
),

became as (
    select
        path.campaign,
        conversions.conversion_type,
        count(distinct conversions.conversion_id) as conversion_count
    from {{ ref('conversion_path') }} as path
    inner join {{ ref('conversion') }} as conversions
        on path.conversion_id = conversions.conversion_id
    where path.level = 'person' and path.campaign is not null
    group by path.campaign, conversions.conversion_type
),

outcomes as (
    select
        campaign,
        {%- for type in types %}
        sum(case when conversion_type = '{{ type }}' then conversion_count else 0 end)
            as {{ type }}_count{{ ',' if not loop.last }}
        {%- endfor %}
    from became
    group by campaign
)

select
    reached.campaign,
    {%- for count in ['touch', 'person', 'account'] %}
    cast(reached.{{ count }}_count as {{ dbt.type_int() }}) as {{ count }}_count,
    {%- endfor %}
    reached.first_touched_at,
    reached.last_touched_at,
    {%- for phase in ['awareness', 'consideration', 'conversion'] %}
    cast(reached.{{ phase }}_touches as {{ dbt.type_int() }}) as {{ phase }}_touches,
    {%- endfor %}
    {%- for type in types %}
    cast(coalesce(outcomes.{{ type }}_count, 0) as {{ dbt.type_int() }}) as {{ type }}_count,
    {%- endfor %}
    '{{ var("contract_version") }}' as _contract_version
from reached
left join outcomes
    on reached.campaign = outcomes.campaign
