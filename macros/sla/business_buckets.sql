{# CTE body: the days of a calendar by the day-long stretches of business time (86,400 s) that they
   have a part in, one or two rows a day. Whoever looks for the moment at which B(t) reaches a number
   joins on calendar_id and business_bucket and keeps the one row of business_day_holds. #}
{% macro business_buckets(days) -%}
    select
        *,
        floor(seconds_before / 86400) as business_bucket
    from {{ days }}
    where seconds_open > 0
    union all
    select
        *,
        floor((seconds_before + seconds_open - 1) / 86400) as business_bucket
    from {{ days }}
    where seconds_open > 0
        and floor((seconds_before + seconds_open - 1) / 86400) > floor(seconds_before / 86400)
{%- endmacro %}
