{# CTE body: every host of a relation once per ending of 1 to `deepest` labels. #}
{% macro host_tails(relation, deepest) -%}
    {%- for labels in range(1, deepest + 1) %}
    select
        host,
        {{ labels }} as labels,
        {{ regex_extract('host', '(([^.]+[.]){' ~ (labels - 1) ~ '}[^.]+)$') }} as tail
    from {{ relation }}
    where label_count >= {{ labels }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
{%- endmacro %}
