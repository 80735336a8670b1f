{# Select of first names (given_name), each with the full form that ref_nickname gives it. #}
{% macro nickname_forms() -%}
    select {{ given_name('name') }} as full_form, {{ given_name('nickname') }} as given_name
    from {{ ref('ref_nickname') }}
    union
    select {{ given_name('name') }} as full_form, {{ given_name('name') }} as given_name
    from {{ ref('ref_nickname') }}
{%- endmacro %}
