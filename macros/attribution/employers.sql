{# The CTE `employers`: who belonged to which account from when to when, where the time before
   anything was known of a person counts to the first account that is: a visit of last month is the
   firm's, even if the firm was entered today. #}
{% macro employers() -%}
    employers as (
        select
            person_id,
            account_id,
            is_primary,
            case
                when valid_from = min(valid_from) over (partition by person_id)
                    then {{ unknown_start() }}
                else valid_from
            end as valid_from,
            valid_to
        from {{ ref('person_account') }}
    )
{%- endmacro %}
