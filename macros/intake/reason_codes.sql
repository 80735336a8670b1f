{# All reasons of a judged row, `;` between; null where there is none. #}
{% macro reason_codes(entity) -%}
    case disposition
        when 'duplicate' then '{{ entity }}.row.duplicate'
        else nullif(substr(
            coalesce(hold_reasons, '') || coalesce(exclude_reasons, '') || coalesce(notes, ''), 2
        ), '')
    end
{%- endmacro %}
