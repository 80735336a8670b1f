{# Select of the usable claims of the records that this build looks at, which have its number; none where no
   record is pending. #}
{% macro claims_of_pending() -%}
    select
        claimed.record_key,
        claimed.id_type,
        claimed.id_value,
        claimed.identifier_key
    from {{ ref('int_identifier__claims') }} as claimed
    inner join (
        select max(build_number) as build_number from {{ ref('int_identity__changed') }}
        where is_pending
    ) as latest
        on claimed.build_number = latest.build_number
    where claimed.problem is null
{%- endmacro %}
