{# The labels of this build beside those that the table has from the last one. #}
{% macro components_compared(labels_sql, existing) -%}
    {%- if existing is none or existing.type != 'table' or should_full_refresh() -%}
    select node, component, cast(null as {{ dbt.type_string() }}) as component_before
    from ({{ labels_sql }}) as labels
    {%- else -%}
    select
        coalesce(labels.node, before.node) as node,
        labels.component,
        before.component as component_before
    from ({{ labels_sql }}) as labels
    full outer join (
        select node, component from {{ existing }}
        where component is not null
    ) as before on before.node = labels.node
    {%- endif -%}
{%- endmacro %}
