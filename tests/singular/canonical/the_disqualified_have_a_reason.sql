-- I11, E75. Somebody was disqualified and no system says why. Fill in the reason in the CRM; the
-- stay in the stage is in the history all the same.
{{ config(severity='warn') }}

select subject_type, subject_id, entered_at
from {{ ref('lifecycle_current') }}
where stage = 'disqualified' and coalesce(disqualification_reason, 'not stated') = 'not stated'
