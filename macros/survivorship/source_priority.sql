{# Three digits that are higher the better the source is ranked for a field, of a row joined to
   `source_ranks`. A record that was merged into another ranks behind all others. #}
{% macro source_priority(field) -%}
    lpad(cast(
        999 - {{ least_of(['coalesce(rank_of_' ~ field ~ ', rank_of_all, 80)', '400']) }}
        - case when merged_into is not null then 500 else 0 end
    as {{ dbt.type_string() }}), 3, '0')
{%- endmacro %}
