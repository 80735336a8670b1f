{# CTEs that end in `names`: what the records of the CTE `claims` are called, where one of their identifiers
   asks for names that agree. Each spelling is folded once. Reads the CTE `types`; `checked` are the accepted
   records. #}
{% macro bearer_names(claims, checked) -%}
    named as (
        select distinct {{ claims }}.record_key
        from {{ claims }}
        inner join types
            on {{ claims }}.id_type = types.id_type
        where types.names_must_agree
    ),

    written as (
        select
            checked.record_key,
            min(lower(trim(checked.first_name))) as first_name,
            min(lower(trim(checked.last_name))) as last_name
        from {{ checked }} as checked
        inner join named
            on checked.record_key = named.record_key
        where checked.is_current
        group by checked.record_key
    ),

    forms as (
        select spelling, {{ given_name('spelling') }} as form
        from (
            select first_name as spelling from written
            union
            select last_name as spelling from written
        ) as spellings
        where spelling is not null
    ),

    names as (
        select
            written.record_key,
            first_names.form as given_name,
            last_names.form as last_name
        from written
        left join forms as first_names
            on written.first_name = first_names.spelling
        left join forms as last_names
            on written.last_name = last_names.spelling
    )
{%- endmacro %}
