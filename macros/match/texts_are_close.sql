{# Whether two texts differ by a slip: one letter, two in a long text, none in a very short one. #}
{% macro texts_are_close(left, right) -%}
    {%- set longer = greatest_of(['length(' ~ left ~ ')', 'length(' ~ right ~ ')']) -%}
    {{ longer }} >= 4 and {{ levenshtein(left, right) }} <= case when {{ longer }} >= 7 then 2 else 1 end
{%- endmacro %}
