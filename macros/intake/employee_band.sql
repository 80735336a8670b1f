{# The band of a firm's size, from a number, a range ('51-200') or an open range ('1,000+'): the band
   that holds the lower end. Null where the text says no size. #}
{% macro employee_band(expr) -%}
    {%- set lower_end = try_cast(
        regex_replace(regex_extract(expr, '^ *([0-9][0-9.,]*) *([+]|[-–] *[0-9.,]+)? *$'), '[^0-9]', ''), 'int'
    ) -%}
    case
        {%- for bound, band in [
            (10, '1-10'), (50, '11-50'), (200, '51-200'), (500, '201-500'), (1000, '501-1000'),
            (5000, '1001-5000'), (10000, '5001-10000'),
        ] %}
        when {{ lower_end }} <= {{ bound }} then '{{ band }}'
        {%- endfor %}
        when {{ lower_end }} > 10000 then '10001+'
    end
{%- endmacro %}
