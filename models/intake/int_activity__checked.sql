-- Grain: one raw row of an object that holds activities.
{% set rules = declared_rules('activity') %}
with records as (
    select * from {{ ref('int_activity__records') }}
),

judged as (
    select
        *,
        {{ reasons(row_reasons('activity', rules, [
            ('activity.activity_type.unknown', "_unparsable is null and coalesce(activity_type, '')
                not in ('call', 'email', 'meeting', 'message', 'note', 'task')"),
            ('activity.occurred_at.missing', '_unparsable is null and occurred_at is null
                and not ' ~ unreadable(activity_time_columns())),
            ('activity.occurred_at.unparsable', 'occurred_at is null and '
                ~ unreadable(activity_time_columns())),
            ('activity.occurred_at.in_future', "activity_type in ('call', 'email', 'message', 'note')
                and occurred_at > " ~ as_of()),
        ])) }} as hold_reasons,
        {{ reasons([]) }} as exclude_reasons,
        {{ reasons(row_notes('activity', rules)) }} as notes
    from records
    {{ rule_joins(rules) }}
),

{{ placed('activity', rules) }}

select * from placed
