{# Of a pair of columns of `measured`, the one in the time that the clock is counted in. #}
{% macro by_clock(business, calendar) -%}
    case when clocks.clock_type = 'business' then measured.{{ business }} else measured.{{ calendar }} end
{%- endmacro %}
