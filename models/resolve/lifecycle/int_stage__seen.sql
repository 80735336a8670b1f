-- Grain: one stage that a record of a person or account was seen in, and since when at the latest.
-- The memory of stages that stand on records alone: a record shows its stage of today, and a later
-- build would not know the one before. It survives --full-refresh.
{{ memory(
    unique_key=['subject_type', 'record_key', 'seen_at'],
    hooks=["{{ forget_erased({
        \"case when subject_type = 'person' then source_record_id end\": 'record',
    }, 'null') }}"],
) }}

with versions as (
    {%- for entity, subject_type in [('person', 'person'), ('account', 'account')] %}
    select
        '{{ subject_type }}' as subject_type,
        record_key,
        lifecycle_stage,
        coalesce(record_updated_at, {{ as_of() }}) as seen_at,
        connector,
        source_system,
        source_record_id,
        _loaded_at,
        raw_row_id
    from {{ ref('int_' ~ entity ~ '__checked') }}
    where disposition = 'accepted'
        and not is_deleted
        and lifecycle_stage is not null
        and (is_current or record_updated_at is not null)
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

latest_versions as (
    select
        *,
        row_number() over (
            partition by subject_type, record_key, seen_at
            order by _loaded_at desc nulls last, raw_row_id
        ) as place
    from versions
),

known as (
    select
        subject_type, record_key, lifecycle_stage, seen_at, connector, source_system,
        source_record_id, _loaded_at
    from latest_versions
    where place = 1
    {%- if is_incremental() %}
    union
    select
        subject_type, record_key, lifecycle_stage, seen_at, connector, source_system,
        source_record_id, _loaded_at
    from {{ this }}
    {%- endif %}
),

compared as (
    select
        *,
        lag(lifecycle_stage) over (
            partition by subject_type, record_key order by seen_at, lifecycle_stage
        ) as stage_before
    from known
)

select
    subject_type, record_key, lifecycle_stage, seen_at, connector, source_system,
    source_record_id, _loaded_at
from compared
where stage_before is null or lifecycle_stage <> stage_before
