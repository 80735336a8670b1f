{# How alike two sides' texts are: exact, close (a slip), near (two thirds of the letters agree) or
   different; null where one side has none. `other` is the field of the right side where it is another;
   `before` are levels that come behind exact. A name is half where half of its letters agree: in a short
   one two letters that changed places are as much. What is different is measured once only. #}
{% macro text_level(field, other=none, before='', is_name=false) -%}
    {%- set left = 'left_side.' ~ field -%}
    {%- set right = 'right_side.' ~ (other or field) -%}
    {%- set distance = levenshtein(left, right) -%}
    {%- set longer = greatest_of(['length(' ~ left ~ ')', 'length(' ~ right ~ ')']) -%}
    case
        when {{ left }} is null or {{ right }} is null then null
        when {{ left }} = {{ right }} then 'exact'
        {{ before }}
        when {{ 2 if is_name else 3 }} * {{ distance }} <= {{ longer }} then case
            when {{ texts_are_close(left, right) }} then 'close'
            {%- if is_name %}
            when 3 * {{ distance }} > {{ longer }} then 'half'
            {%- endif %}
            else 'near'
        end
        else 'different'
    end
{%- endmacro %}
