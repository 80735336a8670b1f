{#- Trimmed text as the calendar date written in it, or null: no time zone is applied. -#}
{% macro parse_date(expr, date_order='ymd') %}
    {{- return(adapter.dispatch('parse_date', 'customer_data_model')(expr, date_order)) -}}
{% endmacro %}

{% macro default__parse_date(expr, date_order) %}
    {{- unsupported_on_engine('parse_date') -}}
{% endmacro %}

{#- An epoch names an instant: its UTC day is taken, which is how tools export a plain date. -#}
{% macro duckdb__parse_date(expr, date_order) %}
    coalesce(
        try_cast(regexp_extract(
            {{ iso_date_order(expr, date_order) }},
            '^((?:(?:19|20|21)[0-9]{2}|2200)-[0-9]{1,2}-[0-9]{1,2})(?:[ T].*)?$', 1
        ) as date),
        case
            when regexp_matches({{ expr }}, '^[1-9](?:[0-9]{9}|[0-9]{12}|[0-9]{15})$')
                then cast({{ parse_timestamp(expr) }} as date)
        end
    )
{%- endmacro %}
