{# True where two sides (aliases with postcode, city and country in compared form) have one town or
   postcode and no other country. #}
{% macro same_place(left, right) -%}
    (
        ({{ left }}.postcode = {{ right }}.postcode or {{ left }}.city = {{ right }}.city)
        and coalesce({{ left }}.country = {{ right }}.country, true)
    )
{%- endmacro %}
