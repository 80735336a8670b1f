{# Query: HubSpot's deals as they are and, where the export has the history of their properties, as they
   were after each earlier change (`is_earlier`). A property with a history was empty before that begins;
   one without has always been as it is. Whether a deal was closed then, its stage of then says. #}
{% macro hubspot_deals() -%}
    {%- set told = {
        'dealstage': "nullif({}, '')", 'pipeline': "nullif({}, '')", 'hubspot_owner_id': "nullif({}, '')",
        'amount': parse_decimal('{}'), 'closedate': parse_timestamp('{}', 'UTC'),
    } -%}
    {%- set by_stage = ['hs_is_closed', 'hs_is_closed_won', 'hs_deal_stage_probability'] -%}
    {%- set kept = [
        'id', 'hs_primary_associated_company', 'deal_currency_code', 'dealtype', 'hs_campaign', 'createdate',
        '_source_file', row_location(), '_source_line', '_loaded_at', '_landing',
    ] -%}
    with changes as (
        select
            deal_id, changed_at, max(_content_hash) as change_hash
            {%- for property in told %},
            max(case when property_name = '{{ property }}' then coalesce(value, '') end) as told_{{ property }}
            {%- endfor %}
        from {{ ref('stg_hubspot__deal_property_history') }}
        where changed_at is not null and property_name in ('{{ told | join("', '") }}')
        group by deal_id, changed_at
    ),

    moments as (
        select
            deal_id, changed_at, change_hash, max(changed_at) over (partition by deal_id) as last_at
            {%- for property in told %},
            {{ last_value_ignore_nulls('told_' ~ property, 'deal_id', 'changed_at') }} as {{ property }},
            count(told_{{ property }}) over (partition by deal_id) > 0 as has_{{ property }}
            {%- endfor %}
        from changes
    ),

    deals as (
        select *, {{ row_location() }}, row_number() over (
            partition by id
            order by hs_lastmodifieddate desc nulls last, _loaded_at desc nulls last, _content_hash
        ) as place
        from {{ ref('stg_hubspot__deal') }}
    )

    select
        {{ (kept + told | list + by_stage) | join(', ') }}, is_deleted, _content_hash, _cast_failures,
        _unparsable, coalesce(hs_lastmodifieddate, last_at) as updated_at, false as is_earlier
    from deals
    left join (select deal_id, max(changed_at) as last_at from changes group by deal_id) as lasts on id = deal_id
    union all
    select
        deals.{{ kept | join(', deals.') }},
        {%- for property, expression in told.items() %}
        case when has_{{ property }} then {{ expression.replace('{}', 'moments.' ~ property) }}
            else deals.{{ property }} end,
        {%- endfor %}
        {%- for property in by_stage %} case when not has_dealstage then {{ property }} end,{% endfor %}
        false, change_hash, null, null, changed_at, true
    from moments
    inner join deals on moments.deal_id = deals.id
    where place = 1 and changed_at < coalesce(hs_lastmodifieddate, last_at)
{%- endmacro %}
