{# True, after `having`, of rows whose first names are more than one name and its initial. Of any other rows
   no two names contradict each other, so that nobody needs to compare them. #}
{% macro names_differ(given_name) -%}
    {%- set whole = 'case when length(' ~ given_name ~ ') > 1 then ' ~ given_name ~ ' end' -%}
    {%- set initial = 'case when length(' ~ given_name ~ ') = 1 then ' ~ given_name ~ ' end' -%}
    (
        min({{ whole }}) <> max({{ whole }})
        or min({{ initial }}) <> max({{ initial }})
        or min({{ initial }}) <> substr(min({{ whole }}), 1, 1)
    )
{%- endmacro %}
