{# CTEs that end in `merged_periods`: the periods of a person at an account, those that overlap or
   meet made one. An open end is null before and after. #}
{% macro merged_periods(relation) -%}
    ended as (
        select
            *,
            coalesce(valid_to, cast('9999-12-31 00:00:00' as {{ dbt.type_timestamp() }})) as period_end
        from {{ relation }}
        where valid_to is null or valid_to > valid_from
    ),

    marked as (
        select
            *,
            case when valid_from <= max(period_end) over (
                partition by person_id, account_id
                order by valid_from, period_end
                rows between unbounded preceding and 1 preceding
            ) then 0 else 1 end as is_start
        from ended
    ),

    numbered as (
        select
            *,
            -- Periods that are the same stand in no order: the sum is that of all of them.
            sum(is_start) over (
                partition by person_id, account_id
                order by valid_from, period_end
            ) as period
        from marked
    ),

    merged_periods as (
        select
            person_id,
            account_id,
            min(valid_from) as valid_from,
            case when max(case when valid_to is null then 1 else 0 end) = 0
                then max(valid_to)
            end as valid_to,
            min(method_rank) as method_rank,
            max(case when is_marked_primary then 1 else 0 end) as is_marked_primary,
            min(case when is_link then 1 else 0 end) as is_link,
            min(role) as role,
            {{ ordered_list('source_system') }} as source_systems,
            max(_loaded_at) as loaded_at
        from numbered
        group by person_id, account_id, period
    )
{%- endmacro %}
