{# What policy_match_blocking may be made of: the compared fields, and coarser forms of some. #}
{% macro match_parts() -%}
    {{ return(match_fields() + [
        'given_skeleton', 'family_skeleton', 'both_skeletons', 'street_skeleton', 'birth_year', 'birth_day', 'mailbox',
        'mailbox_skeleton',
    ]) }}
{%- endmacro %}
