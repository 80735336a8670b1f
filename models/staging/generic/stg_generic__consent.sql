-- Grain: one row per raw row of the generic consent files.
with landed as (
    {{ land('generic', 'consent') }}
)

select
    landed.*,
    {{ tc_statements('tc_string', var('tcf_vendors')) }} as tc_statements
from landed
