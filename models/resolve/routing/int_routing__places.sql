-- Grain: one lead that a queue can give to one of its members on one day.
with days as (
    {{ dbt.date_spine('day', "cast('2015-01-01' as date)", dbt.dateadd('day', 1, as_of())) }}
),

members as (
    select
        cast(days.date_day as date) as handed_day,
        policy.queue_id,
        {{ owner_key('policy.source_system', 'policy.owner_record_id') }} as owner_id,
        policy.weight,
        policy.daily_capacity,
        absences.owner_record_id is not null as is_absent
    from {{ ref('policy_routing_member') }} as policy
    inner join days
        on {{ in_force('policy', 'days.date_day') }}
    left join {{ ref('policy_owner_absence') }} as absences
        on policy.source_system = absences.source_system
            and policy.owner_record_id = absences.owner_record_id
            and {{ in_force('absences', 'days.date_day') }}
),

-- Another member begins on each day, so that the first of the list does not get all early leads.
ordered as (
    select
        *,
        mod(
            row_number() over (partition by handed_day, queue_id order by owner_id)
            + {{ dbt.datediff("cast('2025-01-01' as date)", 'handed_day', 'day') }},
            count(*) over (partition by handed_day, queue_id)
        ) as turn
    from members
    where not is_absent
),

-- In each round everybody gets as many leads as their weight says, until they are full.
places as (
    select
        ordered.handed_day,
        ordered.queue_id,
        ordered.owner_id,
        row_number() over (
            partition by ordered.handed_day, ordered.queue_id
            order by
                ceil(1.0 * numbers.generated_number / ordered.weight),
                ordered.turn,
                numbers.generated_number
        ) as place_number
    from ordered
    inner join ({{ dbt.generate_series(100) }}) as numbers
        on ordered.daily_capacity >= numbers.generated_number
)

select * from places
