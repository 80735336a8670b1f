{# The reasons of a judged row, `;` between: of a held one why it is held, of any other what it was let in
   in spite of and what was noted; null where there is none. #}
{% macro reason_codes(entity) -%}
    case disposition
        when 'duplicate' then '{{ entity }}.row.duplicate'
        when 'erasure_blocked' then '{{ entity }}.row.erased'
        when 'quarantined' then coalesce(substr(hold_reasons, 2), '{{ entity }}.row.rejected')
        else nullif(substr(
            coalesce(hold_reasons, '') || coalesce(exclude_reasons, '') || coalesce(notes, ''), 2
        ), '')
    end
{%- endmacro %}
