-- Grain: one node of a component that this build looks at: an edge, a record, an anchor or a
-- limited value in it changed, or nothing is settled. A node that is in no component has none.
-- depends_on: {{ ref('int_identity__edges_changed') }}, {{ ref('int_identity__anchors') }}
-- depends_on: {{ ref('int_identifier__bearers') }}, {{ ref('policy_identifier_type') }}
{{ config(packed=false) }}
{% if is_anything_settled() -%}
with types as (
    select id_type from {{ ref('policy_identifier_type') }} as policy
    where exclusive_limit is not null and {{ in_force('policy') }}
),

-- A verdict on a limited value counts for whoever carries it, edge or not.
changed as (
    select record_key as node from {{ ref('int_identity__changed') }}
    where is_pending
    union
    select node_a as node from {{ ref('int_identity__edges_changed') }}
    union
    select node_b as node from {{ ref('int_identity__edges_changed') }}
    union
    select node from {{ ref('int_identity__anchors') }}
    where coalesce(component <> component_before, true)
    union
    select bearers.record_key as node
    from {{ ref('int_identifier__bearers') }} as bearers
    inner join types
        on bearers.id_type = types.id_type
),

placed as (
    select changed.node, components.component
    from changed
    left join {{ ref('int_identity__components') }} as components
        on changed.node = components.node
),

stirred as (
    select distinct component from placed
    where component is not null
)

select components.node, components.component
from {{ ref('int_identity__components') }} as components
inner join stirred
    on components.component = stirred.component
union all
select node, component from placed
where component is null
{%- else -%}
select node, component from {{ ref('int_identity__components') }}
{%- endif %}
