{#- Trimmed text as a UTC timestamp without zone, or null. _macros.yml lists the forms. -#}
{% macro parse_timestamp(expr, time_zone='UTC', date_order='ymd') %}
    {{- return(adapter.dispatch('parse_timestamp', 'customer_data_model')(expr, time_zone, date_order)) -}}
{% endmacro %}

{% macro default__parse_timestamp(expr, time_zone, date_order) %}
    {{- unsupported_on_engine('parse_timestamp') -}}
{% endmacro %}

{#-
    The lambda evaluates the input once. A cast to timestamp drops an offset without a word, so
    only text that names no zone but UTC takes that fast path. make_timestamp(epoch_us()) is
    `at time zone 'UTC'` at half the cost. A zone must follow seconds without a space: on other forms
    the cast fails, and a failing cast takes milliseconds.
-#}
{% macro duckdb__parse_timestamp(expr, time_zone, date_order) %}
    {%- set day = '^(?:(?:19|20|21)[0-9]{2}|2200)-[0-9]{1,2}-[0-9]{1,2}' -%}
    {%- set minutes = '[ T][0-9]{1,2}:[0-9]{2}' -%}
    {%- set seconds = ':[0-9]{2}(?:[.][0-9]+)?' -%}
    {%- set offset = '[+-][01][0-9](?::?[0-5][0-9])?' -%}
    {%- set utc_mark = '(?: ?UTC|Z)?' if time_zone == 'UTC' -%}
    {%- set time_zone = text_literal(time_zone) -%}
    list_transform([{{ iso_date_order(expr, date_order) }}], lambda stamp: case
        when regexp_matches(stamp, '{{ day }}(?:{{ minutes }}(?:{{ seconds }}{{ utc_mark }})?)?$')
            then {% if utc_mark -%}
                try_cast(stamp as timestamp)
            {%- else -%}
                make_timestamp(epoch_us(try_cast(stamp as timestamp) at time zone {{ time_zone }}))
            {%- endif %}
        when regexp_matches(stamp, '^[1-9](?:[0-9]{9}|[0-9]{12}|[0-9]{15})$')
            then {{ epoch_timestamp('cast(stamp as bigint)') }}
        when regexp_matches(stamp, '{{ day }}{{ minutes }}{{ seconds }}(?:Z|{{ offset }})$')
            then make_timestamp(epoch_us(try_cast(stamp as timestamptz)))
        when regexp_matches(
            stamp, '{{ day }}{{ minutes }}(?:{{ seconds }})? ?(?:Z|UTC|{{ offset }})$'
        )
            then make_timestamp(epoch_us(try_cast(regexp_replace(
                regexp_replace(replace(stamp, 'UTC', 'Z'), ' ([Z+-])', '\1'),
                '({{ minutes }})([Z+-].*)$', '\1:00\2'
            ) as timestamptz)))
        when regexp_matches(stamp, '(?i){{ day }}{{ minutes }}(?:{{ seconds }})? ?[ap]m$')
            then make_timestamp(epoch_us(try_strptime(
                stamp, ['%Y-%m-%d %I:%M:%S %p', '%Y-%m-%d %I:%M %p']
            ) at time zone {{ time_zone }}))
    end)[1]
{%- endmacro %}
