-- Grain: one record with a first name, in a component whose records bear different ones. All names
-- of an anchor are one value, which is called after the first record that has them.
with kinds as (
    select count(*) as kind_count from {{ ref('policy_identifier_type') }} as policy
    where may_merge and names_must_agree and {{ in_force('policy') }}
),

written as (
    select
        components.component,
        checked.record_key,
        lower(trim(checked.first_name)) as first_name,
        lower(trim(checked.last_name)) as last_name
    from {{ ref('int_person__checked') }} as checked
    inner join kinds
        on kinds.kind_count > 0
    inner join {{ ref('int_identity__components') }} as components
        on checked.record_key = components.node
    where checked.is_current and trim(checked.first_name) <> ''
),

differing as (
    select component from written
    group by component
    having min(first_name) <> max(first_name)
),

named as (
    select
        written.component,
        written.record_key,
        coalesce(anchors.component, written.record_key) as anchor,
        {{ given_name('written.first_name') }} as given_name,
        coalesce({{ given_name('written.last_name') }}, '') as last_name
    from written
    inner join differing
        on written.component = differing.component
    left join {{ ref('int_identity__anchors') }} as anchors
        on written.record_key = anchors.node
),

told as (
    select
        component,
        anchor,
        min(record_key) as first_record_key,
        {{ ordered_list("given_name || '|' || last_name") }} as names
    from named
    where given_name is not null
    group by component, anchor
),

valued as (
    select
        component,
        anchor,
        min(first_record_key) over (partition by component, names) as value
    from told
)

select
    named.component,
    named.record_key,
    named.given_name,
    named.last_name,
    valued.value
from named
inner join valued
    on named.component = valued.component and named.anchor = valued.anchor
where named.given_name is not null
