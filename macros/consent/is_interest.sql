{# True for a statement that rests on a legitimate interest, which an objection ends for good. #}
{% macro is_interest() -%}
    coalesce(lawful_basis, '') = 'legitimate_interest'
{%- endmacro %}
