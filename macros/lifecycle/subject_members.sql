{# Whose each record is, persons and accounts in one shape, as a CTE body. #}
{% macro subject_members() -%}
    select 'person' as subject_type, record_key, person_id as subject_id
    from {{ ref('int_person__members') }}
    union all
    select 'account' as subject_type, record_key, account_id as subject_id
    from {{ ref('int_account__members') }}
{%- endmacro %}
