{# Run after the last model of identity resolution: what was pending is worked through. #}
{% macro settle_changes() -%}
    delete from {{ ref('int_identity__changed') }} where fingerprint is null;
    update {{ ref('int_identity__changed') }} set is_pending = false where is_pending
{%- endmacro %}
