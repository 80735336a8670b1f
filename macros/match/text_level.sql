{# How alike two sides' texts are: exact, close (a slip), near (two thirds of the letters agree) or
   different; null where one side has none. `other` is the field of the right side where it is another;
   `before` are levels that come behind exact, `after` those behind close. #}
{% macro text_level(field, other=none, before='', after='') -%}
    {%- set left = 'left_side.' ~ field -%}
    {%- set right = 'right_side.' ~ (other or field) -%}
    {%- set longer = greatest_of(['length(' ~ left ~ ')', 'length(' ~ right ~ ')']) -%}
    case
        when {{ left }} is null or {{ right }} is null then null
        when {{ left }} = {{ right }} then 'exact'
        {{ before }}
        when {{ texts_are_close(left, right) }} then 'close'
        {{ after }}
        when 3 * {{ levenshtein(left, right) }} <= {{ longer }} then 'near'
        else 'different'
    end
{%- endmacro %}
