-- Grain: one company record, or one record id that was merged away, with its component.
{{ config(materialized='connected_components') }}

select node_a, node_b from {{ ref('int_account__edges') }}
