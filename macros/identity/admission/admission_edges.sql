{# Between two nodes the reason that is heard first. #}
{% macro admission_edges(input) -%}
    select
        case when a < b then a else b end as a,
        case when a < b then b else a end as b,
        min(place) as place
    from {{ input }}
    where place is not null and a <> b
    group by case when a < b then a else b end, case when a < b then b else a end
{%- endmacro %}
