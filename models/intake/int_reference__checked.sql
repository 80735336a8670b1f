-- Grain: one raw row of an object that only names things: owners, campaigns, lists, forms, stages.
with records as (
    select * from {{ ref('int_reference__records') }}
),

judged as (
    select
        *,
        {{ reasons(row_reasons('reference')) }} as hold_reasons,
        {{ reasons([]) }} as exclude_reasons,
        {{ reasons(row_notes('reference')) }} as notes
    from records
    {{ rule_joins('reference') }}
),

{{ placed('reference') }}

select * from placed
