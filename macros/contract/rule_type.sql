{# The type of one declared rule; the build ends where it is not exactly one, or a word is unknown. #}
{% macro rule_type(declared, where) -%}
    {%- set known = ['severity', 'name', 'when', 'problem', 'next_step', 'published', 'intake'] -%}
    {%- set kinds = rule_types().keys() | select('in', declared) | list -%}
    {%- set strange = declared.keys() | reject('in', known + kinds) | list -%}
    {%- if kinds | length != 1 or strange or declared.get('severity', 'warn') not in ('reject', 'warn', 'report') -%}
        {{ exceptions.raise_compiler_error(where ~ ': ' ~ declared ~ ' is no rule. It needs one of '
            ~ rule_types().keys() | join(', ') ~ '; a severity reject, warn or report; and may have '
            ~ known | join(', ') ~ '.') }}
    {%- endif -%}
    {{ return(kinds[0]) }}
{%- endmacro %}
