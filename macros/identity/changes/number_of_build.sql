{# Select of the number of this build, which the claims of its pending records have; none where no record
   is pending. #}
{% macro number_of_build() -%}
    select max(build_number) as build_number from {{ ref('int_identity__changed') }}
    where is_pending
{%- endmacro %}
