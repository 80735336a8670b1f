{# Of the rows of one cluster, as recorded_nodes has them, the record_key of the root: the oldest record. #}
{% macro root_record() -%}
    first_value(record_key) over (
        partition by cluster
        order by case when is_merged_away then 1 else 0 end, created_at nulls last, record_key
    )
{%- endmacro %}
