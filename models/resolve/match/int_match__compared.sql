-- Grain: one pair of records that share a block, with how far each of their fields agrees.
with blocks as (
    select * from {{ ref('int_match__blocks') }}
    where not is_too_large
),

features as (
    select * from {{ ref('int_match__features') }}
),

nicknames as (
    {{ nickname_pairs() }}
),

candidates as (
    select
        left_side.record_key as left_record_key,
        right_side.record_key as right_record_key,
        min(left_side.rule_id) as rule_id
    from blocks as left_side
    inner join blocks as right_side
        on left_side.rule_id = right_side.rule_id
            and left_side.block_key = right_side.block_key
            and left_side.record_key < right_side.record_key
    group by left_side.record_key, right_side.record_key
),

compared as (
    select
        candidates.left_record_key,
        candidates.right_record_key,
        candidates.rule_id,
        left_side.source_system = right_side.source_system as is_one_system,
        left_side.user_id <> right_side.user_id as has_two_logins,
        {%- for field, level in match_levels().items() %}
        {{ level }} as {{ field }}_level,
        {%- endfor %}
        {%- for field in match_fields() %}
        {% if field == 'family_name' -%}
        case
            when {{ names_swapped() }}
                then {{ greatest_of(['left_side.family_name_count', 'right_side.given_name_count']) }}
            else left_side.family_name_count
        end as family_name_count,
        {%- else -%}
        left_side.{{ field }}_count,
        {%- endif %}
        {%- endfor %}
        left_side.record_count
    from candidates
    inner join features as left_side
        on candidates.left_record_key = left_side.record_key
    inner join features as right_side
        on candidates.right_record_key = right_side.record_key
    left join nicknames
        on left_side.given_name = nicknames.left_name
            and right_side.given_name = nicknames.right_name
)

select * from compared
