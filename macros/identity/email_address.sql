{# The contact address that a text holds, null where it holds none. Hash this for a contact point. #}
{% macro email_address(expr) -%}
    case when {{ email_problem(written_email(expr)) }} is null then {{ written_email(expr) }} end
{%- endmacro %}
