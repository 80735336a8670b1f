{# The notes on a row that every entity shares: its own version's time and the mark that it is deleted
   could not be read, so that it counts as old, and as standing. #}
{% macro row_notes(entity, own=[]) -%}
    {{ return([
        (entity ~ '.updated_at.unparsable', 'record_updated_at is null and '
            ~ unreadable(['updated_at', 'lastmodifieddate', 'hs_lastmodifieddate', 'last_changed'])),
        (entity ~ '.is_deleted.unparsable', unreadable(['is_deleted'])),
    ] + own) }}
{%- endmacro %}
