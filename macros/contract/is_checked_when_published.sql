{# True where a declared rule is asked of the published table too: it rejected or cleared what breaks it
   at intake, so nothing that breaks it may be left. Keys and references have checks of their own. #}
{% macro is_checked_when_published(rule) -%}
    {%- set severity = rule.get('severity', 'warn') -%}
    {{ return(
        rule.get('published', true)
        and (
            (rule.type in ('format', 'range', 'allowed_values') and severity != 'report')
            or (rule.type == 'required' and severity == 'reject')
        )
    ) }}
{%- endmacro %}
