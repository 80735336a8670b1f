{# The select behind most expectations: the rows, or the groups, for which `expression` is false.
   A null verdict passes, as null does in a SQL check constraint. #}
{% macro failing_rows(model, expression, group_by=none, row_condition=none, test_condition='= true') %}
with judged as (
    select
        {% for column in group_by or [] -%}
        {{ column }} as col_{{ loop.index }},
        {% endfor -%}
        {{ expression }} as expression
    from {{ model }}
    {% if row_condition -%} where {{ row_condition }} {%- endif %}
    {% if group_by -%} group by {{ group_by | join(', ') }} {%- endif %}
)

select * from judged
where not (expression {{ test_condition }})
{% endmacro %}


{# `value` lies in the range; at least one bound has to be given. #}
{% macro in_range(value, min_value, max_value, strictly) %}
    {%- if min_value is none and max_value is none -%}
        {{ exceptions.raise_compiler_error('Give min_value, max_value or both.') }}
    {%- endif -%}
    {%- set bounds = [] -%}
    {%- if min_value is not none -%}
        {%- do bounds.append(value ~ (' > ' if strictly else ' >= ') ~ min_value) -%}
    {%- endif -%}
    {%- if max_value is not none -%}
        {%- do bounds.append(value ~ (' < ' if strictly else ' <= ') ~ max_value) -%}
    {%- endif -%}
    ({{ bounds | join(' and ') }})
{%- endmacro %}


{# Stop on an argument that the full package has and this stand-in has not. #}
{% macro refuse_argument(name, value, default) %}
    {%- if value != default -%}
        {{ exceptions.raise_compiler_error(
            "The offline stand-in of dbt_expectations does not implement the argument '" ~ name
            ~ "'. Use the full package (`cdm deps` with the dbt hub in reach), or do without it."
        ) }}
    {%- endif -%}
{%- endmacro %}


{# Names as a one-column select, in the letter case that `transform` gives. #}
{% macro name_rows(names) %}
    {%- for name in names -%}
    select cast('{{ name }}' as {{ dbt.type_string() }}) as name
    {%- if not loop.last %} union all {% endif -%}
    {%- else -%}
    select cast(null as {{ dbt.type_string() }}) as name where 1 = 0
    {%- endfor -%}
{%- endmacro %}


{# The columns of a built relation, in order. #}
{% macro relation_column_names(model, transform) %}
    {{ return(adapter.get_columns_in_relation(model) | map(attribute='name') | map(transform) | list) }}
{% endmacro %}
