-- Grain: one row per row of stg_generic__consent, whose words policy_consent_word explains; of a
-- row with a TC string, one per statement of the string, of which the first is the row's own.
{{ config(materialized='view') }}

with strings as (
    select {{ row_location() }} as place, tc_statements
    from {{ ref('stg_generic__consent') }}
    where tc_statements is not null
),

statements as (
    {{ split_rows('strings', 'tc_statements', ';') }}
)

select
    {{ provenance(
        'generic', 'consent',
        source_system='source_system',
        record_id="source_record_id || case when part_number > 1 then ':' || part else '' end",
        updated_at='updated_at',
        is_deleted='is_deleted',
        derived='coalesce(part_number, 1) > 1'
    ) }},
    coalesce(contact_point_type, case when part is not null then 'cookie' end)
        as contact_point_type,
    contact_point,
    person_record_id,
    case
        when part is null then purpose
        when {{ tc_part(2) }} is not null then {{ tc_part(1) }}
    end as purpose,
    case when part is null then channel else 'web' end as channel,
    case when part is null then action else coalesce({{ tc_part(2) }}, 'unreadable') end as action,
    case when part is null then lawful_basis else {{ tc_part(3) }} end as lawful_basis,
    jurisdiction,
    case
        when part is null then captured_at
        else cast({{ tc_part(4) }} as {{ dbt.type_timestamp() }})
    end as captured_at,
    effective_from,
    effective_to,
    double_opt_in_at,
    coalesce(method, case when part is not null then 'consent_banner' end) as method,
    evidence_ref,
    coalesce(policy_version, {{ tc_part(5) }}) as policy_version,
    actor
from {{ ref('stg_generic__consent') }}
left join statements
    on {{ row_location() }} = statements.place
