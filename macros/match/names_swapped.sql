{# Whether first and last name of right_side stand in each other's place, as left_side has them. #}
{% macro names_swapped() -%}
    (
        not coalesce(left_side.given_name = right_side.given_name or left_side.family_name = right_side.family_name, false)
        and coalesce(left_side.given_name = right_side.family_name or left_side.family_name = right_side.given_name, false)
    )
{%- endmacro %}
