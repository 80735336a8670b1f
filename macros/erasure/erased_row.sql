{# What stands in `_unparsable` of a raw row whose person was erased; all else in it is null. #}
{% macro erased_row() -%}
    '<erased>'
{%- endmacro %}
