-- Grain: one company record id, with what its own system has merged it into.
{{ config(materialized='connected_components') }}

select record_key as node_a, claimed_record_key as node_b from {{ ref('int_account__claims') }}
