{# Select of the pairs of different first names that ref_nickname knows as forms of one name. #}
{% macro nickname_pairs() -%}
    select distinct
        left_form.given_name as left_name,
        right_form.given_name as right_name
    from ({{ nickname_forms() }}) as left_form
    inner join ({{ nickname_forms() }}) as right_form
        on left_form.full_form = right_form.full_form
            and left_form.given_name <> right_form.given_name
{%- endmacro %}
