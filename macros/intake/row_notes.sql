{# The notes on a row: what every entity shares, its own version's time and the mark that it is deleted
   could not be read, so that it counts as old, and as standing; the entity's own; and the rules that
   its fields declare with another severity than `reject`. #}
{% macro row_notes(entity, rules, own=[]) -%}
    {%- set declared = [] -%}
    {%- for rule in rules if rule.severity != 'reject' -%}
        {%- do declared.append((rule.reason, rule.broken)) -%}
    {%- endfor -%}
    {{ return([
        (entity ~ '.updated_at.unparsable', 'record_updated_at is null and '
            ~ unreadable(['updated_at', 'lastmodifieddate', 'hs_lastmodifieddate', 'last_changed'])),
        (entity ~ '.is_deleted.unparsable', unreadable(['is_deleted'])),
    ] + own + declared) }}
{%- endmacro %}
