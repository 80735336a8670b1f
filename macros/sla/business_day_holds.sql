{# Join condition: the day, a row of business_buckets, is the one in which B(t) reaches a number. #}
{% macro business_day_holds(number, day) -%}
    floor(({{ number }} - 1) / 86400) = {{ day }}.business_bucket
    and {{ number }} > {{ day }}.seconds_before
    and {{ number }} <= {{ day }}.seconds_before + {{ day }}.seconds_open
{%- endmacro %}
