{# A landed text in the declared type; null where it can't be read as that. What is a whole number
   already (`is_number`) is not read as text. #}
{% macro typed_value(column, is_number=false) -%}
    {%- set raw = column.name ~ '__raw' -%}
    {%- if column.data_type in ('string', 'json') -%}
        {{ raw }}
    {%- elif column.data_type == 'bigint' and is_number -%}
        cast({{ column.name }}__number as {{ dbt.type_bigint() }})
    {%- elif column.data_type == 'timestamp' and is_number -%}
        {{ epoch_timestamp(column.name ~ '__number') }}
    {%- elif column.data_type == 'timestamp' -%}
        {%- if column.time_zone -%}
            {{ parse_timestamp(raw, column.time_zone, column.date_order) }}
        {%- else -%}
            {#- Without a declared zone only a text that names its own, or an epoch, is a time. -#}
            case when {{ regex_matches(raw, '(Z|UTC|[+-][0-9]{2}(:?[0-9]{2})?|^ *[0-9]{10,16}) *$') }}
                and not {{ regex_matches(raw, '^ *[0-9]{4}-[0-9]{2}(-[0-9]{2})? *$') }}
                then {{ parse_timestamp(raw, 'UTC', column.date_order) }}
            end
        {%- endif -%}
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
