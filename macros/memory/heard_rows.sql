{# The body of a memory: stays of accepted rows of an intake model in the exports, from the build that
   heard of them first (`heard_at`) to the first one that no longer did (`gone_at`). Only stays that are
   new, have ended or are read otherwise are given; a row that comes again begins another stay. #}
{% macro heard_rows(checked, columns) -%}
    with accepted as (
        select {{ columns | join(', ') }} from {{ checked }}
        where disposition = 'accepted'
    ),

    {% if is_incremental() -%}
    standing as (
        select {{ columns | join(', ') }}, heard_at from {{ this }}
        where gone_at is null
    ),

    heard as (
        select
            accepted.*,
            coalesce(standing.heard_at, {{ as_of() }}) as heard_at,
            cast(null as {{ dbt.type_timestamp() }}) as gone_at
        from accepted
        left join standing
            on accepted.raw_row_id = standing.raw_row_id
        union all
        select standing.*, {{ as_of() }} as gone_at
        from standing
        left join accepted
            on standing.raw_row_id = accepted.raw_row_id
        where accepted.raw_row_id is null
    )

    select * from heard
    {{ dbt.except() }}
    select {{ columns | join(', ') }}, heard_at, gone_at from {{ this }}
    {%- else -%}
    heard as (
        select
            *,
            {{ as_of() }} as heard_at,
            cast(null as {{ dbt.type_timestamp() }}) as gone_at
        from accepted
    )

    select * from heard
    {%- endif %}
{%- endmacro %}
