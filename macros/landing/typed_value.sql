{# A landed text in the declared type; null where it can't be read as that. #}
{% macro typed_value(column) -%}
    {%- set raw = column.name ~ '__raw' -%}
    {%- if column.data_type in ('string', 'json') -%}
        {{ raw }}
    {%- elif column.data_type == 'timestamp' -%}
        {{ parse_timestamp(raw, column.time_zone, column.date_order) }}
    {%- elif column.data_type == 'date' -%}
        {{ parse_date(raw, column.date_order) }}
    {%- elif column.data_type == 'decimal' -%}
        {{ parse_decimal(raw, column.decimal) }}
    {%- elif column.data_type == 'boolean' -%}
        {{ parse_boolean(raw) }}
    {%- else -%}
        {{ try_cast(raw, column.data_type) }}
    {%- endif -%}
{%- endmacro %}
