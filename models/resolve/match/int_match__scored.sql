-- Grain: one pair of records that share a block, with the probability that they are one person.
with compared as (
    select * from {{ ref('int_match__compared') }}
),

weights as (
    select
        field,
        level,
        m_probability,
        u_probability,
        is_by_frequency,
        {{ bits('m_probability', 'u_probability') }} as weight
    from {{ ref('policy_match_weight') }} as policy
    where {{ in_force('policy') }}
),

constants as (
    select
        max(case when field = 'prior' then weight end) as prior_weight,
        max(case when level = 'of_household' then weight end) as household_weight,
        max(case when level = 'of_colleagues' then weight end) as colleague_weight
    from weights
),

-- To people who share it, a place is as rare as the rarest of what agrees, not as the product.
weighed as (
    select
        compared.*,
        constants.prior_weight - {{ bits('compared.record_count', '1') }} as chance_weight,
        constants.household_weight
        + {{ bits('compared.record_count', rarest_place('compared')) }} as household_limit,
        case when compared.company_level = 'exact' then constants.colleague_weight end
            as colleague_limit,
        {%- for field in match_fields() %}
        {{ field_weight(field) }} as {{ field }}_weight{{ ',' if not loop.last }}
        {%- endfor %}
    from compared
    cross join constants
    {%- for field in match_fields() %}
    left join weights as {{ field }}
        on {{ field }}.field = '{{ field }}' and compared.{{ field }}_level = {{ field }}.level
    {%- endfor %}
),

-- A little likeness adds to the evidence, but people of one household are as like in their names.
counted as (
    select
        *,
        {{ agrees('given_name', ['exact', 'swapped', 'alias', 'close']) }}
        + {{ agrees('family_name', ['exact', 'swapped', 'close']) }}
        + {{ agrees('birth_date', ['exact', 'close', 'near', 'month']) }} as agreeing_names
    from weighed
),

-- Who shares a place and no more than one of first name, last name and birthday may as well live or
-- work with the other.
summed as (
    select
        *,
        {{ sum_of_weights('name') }} as name_weight,
        {{ sum_of_weights('own') }} as own_weight,
        {{ least_of([
            sum_of_weights('place'),
            'case when agreeing_names < 2 then household_limit end',
            'colleague_limit',
        ]) }} as place_weight
    from counted
),

totalled as (
    select
        *,
        chance_weight + name_weight + own_weight + place_weight as total_weight
    from summed
),

scored as (
    select
        left_record_key,
        right_record_key,
        rule_id,
        is_one_system,
        has_two_logins,
        agreeing_names,
        {%- for field in match_fields() %}
        {{ field }}_level,
        {%- endfor %}
        round(own_weight, 4) as own_weight,
        round(own_weight + place_weight, 4) as weight_besides_names,
        round(total_weight, 4) as match_weight,
        round(1.0 / (1.0 + power(2.0, -total_weight)), 6) as match_probability
    from totalled
)

select * from scored
