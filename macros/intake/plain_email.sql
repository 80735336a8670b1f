{# True for a text that is plainly an e-mail address, as nearly all are: one look instead of the five of
   email_problem, which finds nothing in such a text. #}
{% macro plain_email(expr) -%}
    (length({{ expr }}) <= 64 and {{ regex_matches(
        expr, '^[A-Za-z0-9_]+([._+-][A-Za-z0-9_]+)*@([A-Za-z0-9]+(-[A-Za-z0-9]+)*[.])+[A-Za-z]{2,}$'
    ) }})
{%- endmacro %}
