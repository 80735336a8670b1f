{# How much more a point given at `moment` weighs than one given at `since`: 2 to the power of the
   half-lives between them, 1 where points do not fade. #}
{% macro growth_since(since, moment, half_life_days) -%}
    power(
        cast(2 as {{ dbt.type_float() }}),
        coalesce({{ seconds_between(since, moment) }} / (86400.0 * {{ half_life_days }}), 0)
    )
{%- endmacro %}
