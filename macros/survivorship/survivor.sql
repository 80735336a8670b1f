{# The surviving value of one field, in a query grouped by the resolved entity: of all non-null
   values the one of the best-ranked source, then the most recently updated record, then the
   greatest text. One grouped pass does for all fields, since the order is packed in front of the
   value: 3 digits of rank, 12 of seconds, then the value itself. `value` is the expression to take,
   where it is not the field as it stands. #}
{% macro survivor(field, value=none) -%}
    {%- set taken = value or field -%}
    substr(max(
        case when {{ taken }} is not null then
            {{ source_priority(field) }} || recency || cast({{ taken }} as {{ dbt.type_string() }})
        end
    ), 16)
{%- endmacro %}
