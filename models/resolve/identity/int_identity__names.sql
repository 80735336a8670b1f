-- Grain: one record with a first name, in a component whose records bear different ones. All names
-- of an anchor are one value, called after a record; the same name of several anchors is one too.
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

forms as (
    select first_name, {{ given_name('first_name') }} as given_name
    from (select distinct first_name from written) as first_names
),

named as (
    select
        written.component,
        written.record_key,
        coalesce(anchors.component, written.record_key) as anchor,
        forms.given_name,
        coalesce(written.last_name, '') as last_name
    from written
    inner join differing
        on written.component = differing.component
    inner join forms
        on written.first_name = forms.first_name
    left join {{ ref('int_identity__anchors') }} as anchors
        on written.record_key = anchors.node
    where forms.given_name is not null
),

told as (
    select
        component,
        anchor,
        min(record_key) as first_record_key,
        min(given_name || '|' || last_name) as first_names,
        max(given_name || '|' || last_name) as last_names
    from named
    group by component, anchor
),

-- Few anchors have several names: each of them is a value of its own.
valued as (
    select
        component,
        anchor,
        min(first_record_key) over (
            partition by
                component, first_names, case when first_names <> last_names then anchor end
        ) as value
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
