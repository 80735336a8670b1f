{# Of each measure of the history, as a CTE body: what it is; what it was at the build of the day before,
   or else at the first of today; on the same weekdays; and on all days of eight weeks. #}
{% macro measures_compared(history) -%}
    select
        history.metric,
        history.object_name,
        history.column_name,
        max(days.is_measured) as is_measured,
        max(case when history.as_of_date = cast({{ as_of() }} as date) then history.value end)
            as value,
        max(case
            when history.as_of_date = days.day_before then history.value
            when days.day_before is null then history.first_value
        end) as value_before,
        max(case when history.as_of_date = days.day_before then history.value end)
            as value_day_before,
        min(case when {{ is_same_weekday('history.as_of_date') }} then history.value end) as low,
        max(case when {{ is_same_weekday('history.as_of_date') }} then history.value end) as high,
        sum(case when {{ is_same_weekday('history.as_of_date') }} then 1 else 0 end) as days_like_it,
        min(case when history.as_of_date < cast({{ as_of() }} as date) then history.value end)
            as lowest,
        max(case
            when history.as_of_date < cast({{ as_of() }} as date) then history.value
            else history.first_value
        end) as highest
    from {{ history }} as history
    inner join (
        select
            object_name,
            max(case when as_of_date < cast({{ as_of() }} as date) then as_of_date end) as day_before,
            max(case when as_of_date = cast({{ as_of() }} as date) then 1 else 0 end) as is_measured
        from {{ history }}
        group by object_name
    ) as days
        on history.object_name = days.object_name
    where {{ dbt.datediff('history.as_of_date', as_of(), 'day') }} between 0 and 56
        or history.as_of_date = days.day_before
    group by history.metric, history.object_name, history.column_name
{%- endmacro %}
