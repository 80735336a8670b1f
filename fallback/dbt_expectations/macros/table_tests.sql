{# Tests of a whole table: its rows, its columns. #}

{% test expect_table_row_count_to_be_between(
    model, min_value=none, max_value=none, group_by=none, row_condition=none, strictly=false
) %}
{{ dbt_expectations.failing_rows(
    model, dbt_expectations.in_range('count(*)', min_value, max_value, strictly), group_by, row_condition
) }}
{% endtest %}


{% test expect_table_row_count_to_equal(model, value, group_by=none, row_condition=none) %}
{{ dbt_expectations.failing_rows(model, 'count(*) = ' ~ value, group_by, row_condition) }}
{% endtest %}


{% test expect_table_row_count_to_equal_other_table(
    model, compare_model, group_by=none, compare_group_by=none, factor=1,
    row_condition=none, compare_row_condition=none
) %}
{{ dbt_expectations.refuse_argument('group_by', group_by, none) }}
{{ dbt_expectations.refuse_argument('compare_group_by', compare_group_by, none) }}
{# One row condition holds for both tables unless the other one has its own. #}
{%- set other_condition = compare_row_condition or row_condition %}
select * from (
    select
        (select count(*) from {{ model }} {% if row_condition %} where {{ row_condition }} {% endif %})
            as row_count,
        (select count(*) * {{ factor }} from {{ compare_model }} {% if other_condition %} where {{ other_condition }} {% endif %})
            as compare_row_count
) as counts
where row_count <> compare_row_count
{% endtest %}


{% test expect_table_columns_to_match_set(model, column_list, transform='upper') %}
{%- if execute -%}
{%- set found = dbt_expectations.relation_column_names(model, transform) %}
select found.name as relation_column, expected.name as input_column
from ({{ dbt_expectations.name_rows(found) }}) as found
full outer join ({{ dbt_expectations.name_rows(column_list | map(transform) | list) }}) as expected
    on found.name = expected.name
where found.name is null or expected.name is null
{%- endif -%}
{% endtest %}


{% test expect_table_columns_to_contain_set(model, column_list, transform='upper') %}
{%- if execute -%}
{%- set found = dbt_expectations.relation_column_names(model, transform) %}
select expected.name as input_column
from ({{ dbt_expectations.name_rows(column_list | map(transform) | list) }}) as expected
left join ({{ dbt_expectations.name_rows(found) }}) as found on expected.name = found.name
where found.name is null
{%- endif -%}
{% endtest %}


{% test expect_column_to_exist(model, column_name, column_index=none, transform='upper') %}
{{ dbt_expectations.refuse_argument('column_index', column_index, none) }}
{%- if execute -%}
{%- set wanted = [column_name] | map(transform) | first %}
select '{{ wanted }}' as column_name
where {{ 1 if wanted in dbt_expectations.relation_column_names(model, transform) else 0 }} = 0
{%- endif -%}
{% endtest %}


{% test expect_compound_columns_to_be_unique(
    model, column_list, quote_columns=false, ignore_row_if='all_values_are_missing', row_condition=none
) %}
{%- if not column_list -%}
    {{ exceptions.raise_compiler_error('Give column_list, a list of columns.') }}
{%- endif -%}
{%- if ignore_row_if not in ('all_values_are_missing', 'any_value_is_missing') -%}
    {{ exceptions.raise_compiler_error('ignore_row_if is all_values_are_missing or any_value_is_missing.') }}
{%- endif -%}
{%- set columns = [] -%}
{%- for column in column_list -%}
    {%- do columns.append(adapter.quote(column) if quote_columns else column) -%}
{%- endfor -%}
{%- set missing = ' is null and ' if ignore_row_if == 'all_values_are_missing' else ' is null or ' %}
select {{ columns | join(', ') }}, count(*) as {{ adapter.quote('n_records') }}
from {{ model }}
where
    not ({{ columns | join(missing) }} is null)
    {%- if row_condition %} and ({{ row_condition }}) {%- endif %}
group by {{ columns | join(', ') }}
having count(*) > 1
{% endtest %}
