{#- CTE body: the relation's rows once per non-empty trimmed part of a column, as `part` and `part_number`. -#}
{% macro split_rows(relation, column, separator) %}
    {{- return(adapter.dispatch('split_rows', 'customer_data_model')(relation, column, separator)) -}}
{% endmacro %}

{% macro default__split_rows(relation, column, separator) %}
    select
        whole.*,
        trim(parts.part) as part,
        cast(parts.part_number as {{ sql_type('int') }}) as part_number
    from {{ relation }} as whole
    cross join
        unnest(string_split(whole.{{ column }}, {{ text_literal(separator) }}))
        with ordinality as parts (part, part_number)
    where trim(parts.part) <> ''
{%- endmacro %}

{% macro postgres__split_rows(relation, column, separator) %}
    select
        whole.*,
        trim(parts.part) as part,
        cast(parts.part_number as int) as part_number
    from {{ relation }} as whole
    cross join lateral
        unnest(string_to_array(whole.{{ column }}, {{ text_literal(separator) }}))
        with ordinality as parts (part, part_number)
    where trim(parts.part) <> ''
{%- endmacro %}

{% macro spark__split_rows(relation, column, separator) %}
    select
        whole.*,
        trim(part) as part,
        part_index + 1 as part_number
    from {{ relation }} as whole
    lateral view posexplode(split(whole.{{ column }}, '\\Q{{ separator }}\\E')) as part_index, part
    where trim(part) <> ''
{%- endmacro %}
