-- May we, as of a day? What each contact point's consent was then, as it is known today:
--   dbt compile --select consent_as_of --vars '{consent_day: "2026-03-31"}'
-- and run the compiled file on warehouse/state/cdm.duckdb, with cdm_vault.duckdb attached.
select
    contact_point_hash,
    person_id,
    purpose,
    channel,
    state,
    regime,
    last_grant_at,
    last_denial_at
from (
    {{ consent_as_of("cast('" ~ var('consent_day', '2026-01-01') ~ "' as timestamp)") }}
) as decided
order by contact_point_hash, purpose, channel
