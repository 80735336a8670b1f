{# Tests of the values of one column, of a pair of columns, or of an expression over a row. #}

{% test expression_is_true(
    model, expression, test_condition='= true', group_by_columns=none, row_condition=none
) %}
{{ dbt_expectations.failing_rows(model, expression, group_by_columns, row_condition, test_condition) }}
{% endtest %}


{% test expect_column_values_to_be_between(
    model, column_name, min_value=none, max_value=none, row_condition=none, strictly=false
) %}
{{ dbt_expectations.failing_rows(
    model, dbt_expectations.in_range(column_name, min_value, max_value, strictly), none, row_condition
) }}
{% endtest %}


{% test expect_column_value_lengths_to_be_between(
    model, column_name, min_value=none, max_value=none, row_condition=none, strictly=false
) %}
{{ dbt_expectations.failing_rows(
    model,
    dbt_expectations.in_range(dbt.length(column_name), min_value, max_value, strictly),
    none,
    row_condition
) }}
{% endtest %}


{% test expect_column_values_to_match_regex(
    model, column_name, regex, row_condition=none, is_raw=false, flags=''
) %}
{{ dbt_expectations.refuse_argument('is_raw', is_raw, false) }}
{{ dbt_expectations.refuse_argument('flags', flags, '') }}
{{ dbt_expectations.failing_rows(
    model, dbt_expectations.regex_found(column_name, regex), none, row_condition
) }}
{% endtest %}


{% test expect_column_values_to_not_match_regex(
    model, column_name, regex, row_condition=none, is_raw=false, flags=''
) %}
{{ dbt_expectations.refuse_argument('is_raw', is_raw, false) }}
{{ dbt_expectations.refuse_argument('flags', flags, '') }}
{{ dbt_expectations.failing_rows(
    model, 'not ' ~ dbt_expectations.regex_found(column_name, regex), none, row_condition
) }}
{% endtest %}


{# In the full package a null is in no set and fails here, but is not found in a forbidden set. #}
{% test expect_column_values_to_be_in_set(
    model, column_name, value_set, quote_values=true, row_condition=none
) %}
select {{ column_name }} as value_field
from {{ model }}
where
    coalesce({{ column_name }} not in ({{ dbt_expectations.literals(value_set, quote_values) }}), true)
    {%- if row_condition %} and ({{ row_condition }}) {%- endif %}
{% endtest %}


{% test expect_column_values_to_not_be_in_set(
    model, column_name, value_set, quote_values=true, row_condition=none
) %}
select {{ column_name }} as value_field
from {{ model }}
where
    {{ column_name }} in ({{ dbt_expectations.literals(value_set, quote_values) }})
    {%- if row_condition %} and ({{ row_condition }}) {%- endif %}
{% endtest %}


{% test expect_column_pair_values_A_to_be_greater_than_B(
    model, column_A, column_B, or_equal=false, row_condition=none
) %}
{{ dbt_expectations.failing_rows(
    model, column_A ~ (' >= ' if or_equal else ' > ') ~ column_B, none, row_condition
) }}
{% endtest %}


{% test expect_column_pair_values_to_be_equal(model, column_A, column_B, row_condition=none) %}
{{ dbt_expectations.failing_rows(model, column_A ~ ' = ' ~ column_B, none, row_condition) }}
{% endtest %}


{# The values of a set as SQL literals. #}
{% macro literals(value_set, quote_values) -%}
    {%- for value in value_set -%}
        {%- if quote_values -%} cast('{{ value }}' as {{ dbt.type_string() }})
        {%- else -%} {{ value }}
        {%- endif -%}
        {%- if not loop.last %}, {% endif -%}
    {%- endfor -%}
{%- endmacro %}


{# True where the pattern is found anywhere in the value. #}
{% macro regex_found(value, regex) %}
    {{- return(adapter.dispatch('regex_found', 'dbt_expectations')(value, regex)) -}}
{% endmacro %}

{% macro default__regex_found(value, regex) -%}
    (regexp_instr({{ value }}, '{{ regex }}', 1, 1) > 0)
{%- endmacro %}

{% macro duckdb__regex_found(value, regex) -%}
    regexp_matches({{ value }}, '{{ regex }}')
{%- endmacro %}

{% macro postgres__regex_found(value, regex) -%}
    ({{ value }} ~ '{{ regex }}')
{%- endmacro %}

{% macro spark__regex_found(value, regex) -%}
    ({{ value }} rlike '{{ regex }}')
{%- endmacro %}
