{# Columns `from_at` and `to_at` of a remembered state: from its valid_from to the next one's. What is
   known first also holds for the time before anything was known, what is known last for ever. #}
{% macro state_times(id) -%}
    case
        when row_number() over (partition by {{ id }} order by valid_from) = 1
            then {{ unknown_start() }}
        else valid_from
    end as from_at,
    coalesce(
        lead(valid_from) over (partition by {{ id }} order by valid_from),
        cast('9999-12-31' as {{ dbt.type_timestamp() }})
    ) as to_at
{%- endmacro %}
