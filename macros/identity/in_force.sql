{# True for a policy row that holds on the day of a moment, the run's as-of time unless another is
   given: valid_to is the first day it does not. Two plain comparisons, so that a join stays a hash
   join. #}
{% macro in_force(policy, moment=none) -%}
    {%- set day = 'cast(' ~ (moment or as_of()) ~ ' as date)' -%}
    (
        cast({{ policy }}.valid_from as date) <= {{ day }}
        and {{ day }} < coalesce(
            cast({{ policy }}.valid_to as date), cast('9999-12-31' as date)
        )
    )
{%- endmacro %}
