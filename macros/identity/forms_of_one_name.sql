{# Select of the pairs of different first names (left_name, right_name) that can be forms of one name by
   ref_nickname, and of a form with the initial of another: bob and robert, bob and r. #}
{% macro forms_of_one_name() -%}
    {%- set pairs = nickname_pairs() -%}
    select left_name, right_name from ({{ pairs }}) as forms
    union
    select substr(left_name, 1, 1) as left_name, right_name from ({{ pairs }}) as forms
    union
    select left_name, substr(right_name, 1, 1) as right_name from ({{ pairs }}) as forms
{%- endmacro %}
