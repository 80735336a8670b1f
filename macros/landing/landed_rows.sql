{# Query in brackets: the rows of the landed table `relation` of an object, as maps read them, with all declared
   columns and the place of each row. A column that no export has is null. `table` is the object's
   declaration, where it is at hand. #}
{% macro landed_rows(relation, table=none) -%}
    (
        select
            {{ row_location() }},
            standing.*
            {%- for column in absent_columns(relation, table) %},
            cast(null as {{ sql_type(column.data_type) }}) as {{ column.name }}
            {%- endfor %}
        from {{ relation }} as standing
    )
{%- endmacro %}
