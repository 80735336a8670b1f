{# True where a declared rule is asked of the published table: intake rejected or cleared what breaks it,
   so nothing that breaks it may be left, or intake does not know the column. Keys and references have
   checks of their own. #}
{% macro is_checked_when_published(rule) -%}
    {%- set severity = rule.get('severity', 'warn') -%}
    {{ return(
        rule.get('published', true)
        and (
            (rule.type in ('format', 'range', 'allowed_values') and severity != 'report')
            or (rule.type == 'required' and (severity == 'reject' or not rule.get('intake', true)))
        )
    ) }}
{%- endmacro %}
