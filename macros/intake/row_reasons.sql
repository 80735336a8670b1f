{# The reasons to hold back a row: those that every entity shares, the entity's own, and the rules that
   its fields declare with severity `reject`. #}
{% macro row_reasons(entity, rules, own=[]) -%}
    {%- set declared = [] -%}
    {%- for rule in rules if rule.severity == 'reject' -%}
        {%- do declared.append((rule.reason, rule.broken)) -%}
    {%- endfor -%}
    {{ return([
        (entity ~ '.row.unparsable', '_unparsable is not null'),
        (entity ~ '.source_system.missing', '_unparsable is null and source_system is null'),
        (entity ~ '.source_record_id.missing', '_unparsable is null and source_record_id is null'),
    ] + own + declared) }}
{%- endmacro %}
