{# The one place of a judged row. A steward's decision to let a row in holds for the reasons that they
   saw, and no others, and so does a waiver; one to keep it out holds for good. Reads no `decisions` where
   there are none, and no `excused` where no reason may be waived. #}
{% macro disposition(has_decisions=true, has_excused=true) -%}
    case
        when _unparsable = {{ erased_row() }} then 'erasure_blocked'
        when copy_number > 1 then 'duplicate'
        {%- if has_decisions %}
        when decisions.decision = 'reject' then 'quarantined'
        {%- endif %}
        when named.hold_reasons is not null
            {%- if has_excused %}
            and excused.hold_reasons is null
            {%- endif %}
            {%- if has_decisions %}
            and not coalesce(
                decisions.decision = 'release' and decisions.reason_codes = substr(named.hold_reasons, 2), false
            )
            {%- endif %} then 'quarantined'
        when exclude_reasons is not null then 'excluded'
        else 'accepted'
    end
{%- endmacro %}
