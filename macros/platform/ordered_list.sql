{#- Aggregate: the distinct non-null texts joined in order; null when there is none. -#}
{% macro ordered_list(expr, order_by=none, separator=';') %}
    {{- return(adapter.dispatch('ordered_list', 'customer_data_model')(expr, order_by, separator)) -}}
{% endmacro %}

{% macro default__ordered_list(expr, order_by, separator) -%}
    {{ unsupported_on_engine('ordered_list') }}
{%- endmacro %}

{#- A text that occurs at several places keeps its first one; ties are settled by the text itself. -#}
{% macro duckdb__ordered_list(expr, order_by, separator) -%}
    {%- if order_by is none or order_by == expr -%}
        string_agg(distinct {{ expr }}, {{ text_literal(separator) }} order by {{ expr }})
    {%- else -%}
        list_transform(
            [
                list({{ expr }} order by {{ order_by }} nulls last, {{ expr }})
                filter (where {{ expr }} is not null)
            ],
            lambda items: array_to_string(list_filter(
                items, lambda item, place: list_position(items, item) = place
            ), {{ text_literal(separator) }})
        )[1]
    {%- endif -%}
{%- endmacro %}

{% macro postgres__ordered_list(expr, order_by, separator) -%}
    {%- if order_by is none or order_by == expr -%}
        string_agg(distinct {{ expr }}, {{ text_literal(separator) }} order by {{ expr }})
    {%- else -%}
        (
            select string_agg(item, {{ text_literal(separator) }} order by place)
            from (
                select item, min(place) as place
                from unnest(array_agg({{ expr }} order by {{ order_by }} nulls last, {{ expr }}))
                    with ordinality as items (item, place)
                where item is not null
                group by item
            ) as firsts
        )
    {%- endif -%}
{%- endmacro %}
