{# The one place of a judged row. #}
{% macro disposition() -%}
    case
        when _unparsable = {{ erased_row() }} then 'erasure_blocked'
        when copy_number > 1 then 'duplicate'
        when hold_reasons is not null then 'quarantined'
        when exclude_reasons is not null then 'excluded'
        else 'accepted'
    end
{%- endmacro %}
