{# How alike two dates of eight digits are: exact, close (one digit apart, or day and month changed
   places), near (two of year, month and day agree), month, year or decade (so far apart at most) or
   different; null where one side has none. `<field>_number` is the date as a number of days. #}
{% macro date_level(field) -%}
    {%- set left = 'left_side.' ~ field -%}
    {%- set right = 'right_side.' ~ field -%}
    {%- set parts = [[1, 4], [5, 2], [7, 2]] -%}
    case
        when {{ left }} is null or {{ right }} is null then null
        when {{ left }} = {{ right }} then 'exact'
        when {{ levenshtein(left, right) }} = 1
            or {{ left }} = substr({{ right }}, 1, 4) || substr({{ right }}, 7, 2) || substr({{ right }}, 5, 2)
            then 'close'
        when 2 = {% for start, size in parts -%}
            case when substr({{ left }}, {{ start }}, {{ size }}) = substr({{ right }}, {{ start }}, {{ size }})
                then 1 else 0 end {{ '+ ' if not loop.last }}
            {%- endfor %}
            then 'near'
        {%- for level, days in {'month': 31, 'year': 366, 'decade': 3653}.items() %}
        when abs({{ left }}_number - {{ right }}_number) <= {{ days }} then '{{ level }}'
        {%- endfor %}
        else 'different'
    end
{%- endmacro %}
