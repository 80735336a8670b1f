{# The attributes of persons and their firms that criteria can look at. #}
{% macro scored_attributes() -%}
    {{ return([
        'job_title', 'seniority', 'job_function', 'title_flag', 'email_kind', 'domain', 'industry',
        'employee_band', 'country',
    ]) }}
{%- endmacro %}
