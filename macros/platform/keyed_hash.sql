{#- sha256(outer key || sha256(inner key || text)) in hex; the keys come from the session. `key` is
    `hash`, or `erasure` for the ledger of erasures, whose key outlives a change of the other. -#}
{% macro keyed_hash(expr, key='hash') %}
    {{- return(adapter.dispatch('keyed_hash', 'customer_data_model')(expr, key)) -}}
{% endmacro %}

{% macro default__keyed_hash(expr, key) -%}
    {{ unsupported_on_engine('keyed_hash') }}
{%- endmacro %}

{#- getvariable gives null for an unset name: without error() every hash would quietly be null. -#}
{% macro duckdb__keyed_hash(expr, key) -%}
    sha256(
        coalesce(
            cast(getvariable('cdm_{{ key }}_outer') as varchar),
            cast(error('session variable cdm_{{ key }}_outer is not set') as varchar)
        ) || sha256(
            coalesce(
                cast(getvariable('cdm_{{ key }}_inner') as varchar),
                cast(error('session variable cdm_{{ key }}_inner is not set') as varchar)
            ) || {{ expr }}
        )
    )
{%- endmacro %}

{% macro postgres__keyed_hash(expr, key) -%}
    encode(sha256(convert_to(
        current_setting('cdm.{{ key }}_outer') || encode(sha256(convert_to(
            current_setting('cdm.{{ key }}_inner') || {{ expr }}, 'UTF8'
        )), 'hex'), 'UTF8'
    )), 'hex')
{%- endmacro %}
