{# What the materialization leaves: the visits, rounded so that no order of summing shows. #}
{% macro chain_visits(visits) -%}
    select
        chain,
        from_state,
        to_state,
        round(visits, 13) as visits,
        '{{ var("contract_version") }}' as _contract_version
    from {{ visits }}
{%- endmacro %}
