{#- Window: the newest non-null value up to and including the row. -#}
{% macro last_value_ignore_nulls(expr, partition_by, order_by) %}
    {{- return(adapter.dispatch('last_value_ignore_nulls', 'customer_data_model')(expr, partition_by, order_by)) -}}
{% endmacro %}

{% macro default__last_value_ignore_nulls(expr, partition_by, order_by) -%}
    last_value({{ expr }} ignore nulls) over (
        partition by {{ partition_by }}
        order by {{ order_by }}
        rows between unbounded preceding and current row
    )
{%- endmacro %}

{#- Arrays grow with the partition: for short histories. -#}
{% macro postgres__last_value_ignore_nulls(expr, partition_by, order_by) -%}
    (array_remove(array_agg({{ expr }}) over (
        partition by {{ partition_by }}
        order by {{ order_by }}
        rows between unbounded preceding and current row
    ), null))[count({{ expr }}) over (
        partition by {{ partition_by }}
        order by {{ order_by }}
        rows between unbounded preceding and current row
    )]
{%- endmacro %}

{% macro spark__last_value_ignore_nulls(expr, partition_by, order_by) -%}
    last_value({{ expr }}, true) over (
        partition by {{ partition_by }}
        order by {{ order_by }}
        rows between unbounded preceding and current row
    )
{%- endmacro %}
