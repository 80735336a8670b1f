{# What the materialization leaves: the visits. #}
{% macro chain_visits(visits) -%}
    select
        chain,
        from_state,
        to_state,
        visits,
        '{{ var("contract_version") }}' as _contract_version
    from {{ visits }}
{%- endmacro %}
