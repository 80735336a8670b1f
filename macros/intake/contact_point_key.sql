{# A contact point as it is compared: an e-mail address in the one form that identity compares, any
   other text in lower case without spaces. #}
{% macro contact_point_key(expr) -%}
    coalesce(
        {{ email_address(expr) }},
        nullif(lower({{ regex_replace(expr, '[[:space:]]', '') }}), '')
    )
{%- endmacro %}
