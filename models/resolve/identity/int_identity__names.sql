-- Grain: one record with a first name, in a component whose records bear more than one name and its
-- initial. All names of an anchor are one value, called after a record; the same name of several
-- anchors is one too.
{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    pre_hook="{{ forget_stirred('record_key') }}",
) }}

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
    inner join {{ ref('int_identity__stirred') }} as components
        on checked.record_key = components.node
    where checked.is_current and trim(checked.first_name) <> '' and components.node <> ''
),

-- Each spelling once: the outer select keeps engines from folding every row after the join.
forms as (
    select first_name, min(given_name) as given_name
    from (
        select first_name, {{ given_name('first_name') }} as given_name
        from (select distinct first_name from written) as first_names
    ) as folded
    group by first_name
),

called as (
    select
        written.component,
        written.record_key,
        written.last_name,
        forms.given_name
    from written
    inner join forms
        on written.first_name = forms.first_name
    where forms.given_name is not null
),

differing as (
    select component from called
    group by component
    having {{ names_differ('given_name') }}
),

named as (
    select
        called.component,
        called.record_key,
        coalesce(anchors.component, called.record_key) as anchor,
        called.given_name,
        coalesce(called.last_name, '') as last_name
    from called
    inner join differing
        on called.component = differing.component
    left join {{ ref('int_identity__anchors') }} as anchors
        on called.record_key = anchors.node
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
