{# How alike two sides' texts are: exact, close (one slip, two in a long text), near (two thirds of the
   letters agree) or different; null where one side has none. `before` are levels that come first. #}
{% macro text_level(field, before='') -%}
    {%- set left = 'left_side.' ~ field -%}
    {%- set right = 'right_side.' ~ field -%}
    {%- set distance = levenshtein(left, right) -%}
    {%- set longer = greatest_of(['length(' ~ left ~ ')', 'length(' ~ right ~ ')']) -%}
    case
        when {{ left }} is null or {{ right }} is null then null
        when {{ left }} = {{ right }} then 'exact'
        {{ before }}
        when {{ longer }} >= 4 and {{ distance }} <= case when {{ longer }} >= 7 then 2 else 1 end
            then 'close'
        when 3 * {{ distance }} <= {{ longer }} then 'near'
        else 'different'
    end
{%- endmacro %}
