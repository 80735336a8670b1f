{# What counts of persons and their firms, as a CTE body: each attribute as scores go by it, and the
   address, from when it counts to `replaced_at`, null while it does. #}
{% macro standing_attributes() -%}
    select
        person_id, attribute, counts_from as valid_from, counted_value as value,
        cast(null as {{ dbt.type_timestamp() }}) as replaced_at
    from {{ ref('score_input') }}
    where {{ is_constant() }}
    union all
    select
        person_id, attribute, valid_from, value,
        lead(valid_from) over (partition by person_id, attribute order by valid_from) as replaced_at
    from (
        select *, lag(value) over (
            partition by person_id, attribute order by valid_from
        ) as value_before
        from (
            select person_id, attribute, counts_from as valid_from, counted_value as value
            from {{ ref('score_input') }}
            where counts_from is not null and not {{ is_constant() }}
            union all
            select person_id, 'email_key', valid_from, coalesce(email_key, '(unknown)')
            from {{ ref('lead_profile') }}
        ) as counted
    ) as compared
    where value_before is null or value <> value_before
{%- endmacro %}
