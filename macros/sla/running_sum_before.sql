{# Sum of a column over the calendar's earlier days. #}
{% macro running_sum_before(column) -%}
    cast(coalesce(sum({{ column }}) over (
        partition by calendar_id
        order by utc_day
        rows between unbounded preceding and 1 preceding
    ), 0) as bigint)
{%- endmacro %}
