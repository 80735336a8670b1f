-- The measures of identity lie where policy_identity_quality wants them. A warning: look at the records
-- behind it with `cdm explain`, block a value or correct a rule, or set another limit.
{{ config(severity='warn') }}
select metric, scope, value, min_value, max_value, reason
from {{ ref('identity_quality') }}
where status = 'alert'
