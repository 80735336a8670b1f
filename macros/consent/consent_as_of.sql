{# Query: the state of each contact point, purpose and channel at a moment, as it is known today: a
   statement that arrived late counts from its own time on. #}
{% macro consent_as_of(moment) -%}
    with statements as (
        select * from {{ ref('int_consent__stated') }}
    ),

    denials as (
        select * from {{ ref('int_consent__denials') }}
    ),

    rules as (
        select * from {{ ref('int_consent__rules') }}
    ),

    decided as (
        {{ consent_decision(moment) }}
    )

    select * from decided
{%- endmacro %}
