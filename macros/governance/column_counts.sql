{# How many rows of a table have a value in each of some columns, as a query: one pass over the table,
   one row a column. `columns` maps each column to a condition under which its value was there but
   could not be read, or to none. `also` is one more aggregate, as `expression as name`. #}
{% macro column_counts(relation, columns, also=none) -%}
    select
        given.column_name,
        counts.row_count,
        case given.column_name
            {%- for column in columns %}
            when '{{ column }}' then counts.filled_{{ loop.index }}
            {%- endfor %}
        end as filled_count,
        case
            {%- for column, unreadable in columns.items() if unreadable %}
            when given.column_name = '{{ column }}' then counts.unreadable_{{ column }}
            {%- endfor %}
            when given.column_name is not null then 0
        end as unreadable_count
        {%- if also %}, counts.{{ also.split(' as ')[1] }}{% endif %}
    from (
        select
            count(*) as row_count
            {%- if also %}, {{ also }}{% endif %}
            {%- for column, unreadable in columns.items() %},
            count({{ column }}) as filled_{{ loop.index }}
            {%- if unreadable %},
            coalesce(sum(case when {{ unreadable }} then 1 else 0 end), 0) as unreadable_{{ column }}
            {%- endif %}
            {%- endfor %}
        from {{ relation }} as counted
    ) as counts
    cross join (
        {%- set names = [] -%}
        {%- for column in columns -%}{%- do names.append([column]) -%}{%- endfor %}
        {{ rows_of({'column_name': 'string'}, names) }}
    ) as given
{%- endmacro %}
