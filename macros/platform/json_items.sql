{#- CTE body: the relation's rows once per member of a JSON list or object in a column, as text. -#}
{% macro json_items(relation, column) %}
    {{- return(adapter.dispatch('json_items', 'customer_data_model')(relation, column)) -}}
{% endmacro %}

{% macro default__json_items(relation, column) -%}
    {{ unsupported_on_engine('json_items') }}
{%- endmacro %}

{% macro duckdb__json_items(relation, column) %}
    select
        whole.*,
        members.key as item_name,
        json_extract_string(members.value, '$') as item
    from {{ relation }} as whole
    cross join json_each(
        case when json_valid(whole.{{ column }})
            and json_type(whole.{{ column }}) in ('ARRAY', 'OBJECT') then whole.{{ column }} end
    ) as members
    where json_extract_string(members.value, '$') is not null
{%- endmacro %}
