{# True for a stage that the list of lifecycle stages does not have today. #}
{% macro stage_unknown(expr) -%}
    {{ expr }} is not null and {{ stage_word(expr) }} not in (
        select listed.vendor_stage
        from {{ ref('policy_lifecycle_stage') }} as listed
        where {{ in_force('listed') }}
    )
{%- endmacro %}
