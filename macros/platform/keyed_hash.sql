{#- sha256(outer key || sha256(inner key || text)) in hex; the keys come from the session. -#}
{% macro keyed_hash(expr) %}
    {{- return(adapter.dispatch('keyed_hash', 'customer_data_model')(expr)) -}}
{% endmacro %}

{% macro default__keyed_hash(expr) -%}
    {{ unsupported_on_engine('keyed_hash') }}
{%- endmacro %}

{#- getvariable gives null for an unset name: without error() every hash would quietly be null. -#}
{% macro duckdb__keyed_hash(expr) -%}
    sha256(
        coalesce(
            cast(getvariable('cdm_hash_outer') as varchar),
            cast(error('session variable cdm_hash_outer is not set') as varchar)
        ) || sha256(
            coalesce(
                cast(getvariable('cdm_hash_inner') as varchar),
                cast(error('session variable cdm_hash_inner is not set') as varchar)
            ) || {{ expr }}
        )
    )
{%- endmacro %}

{% macro postgres__keyed_hash(expr) -%}
    encode(sha256(convert_to(
        current_setting('cdm.hash_outer') || encode(sha256(convert_to(
            current_setting('cdm.hash_inner') || {{ expr }}, 'UTF8'
        )), 'hex'), 'UTF8'
    )), 'hex')
{%- endmacro %}
