{# dbt's own macro, which asks before it builds a table with a contract: has the query the agreed columns? #}
{% macro get_assert_columns_equivalent(sql) -%}
    {{ return(adapter.dispatch('get_assert_columns_equivalent', 'dbt')(sql)) }}
{%- endmacro %}

{# dbt sends two questions of its own, for the columns of the query and for those of the contract. Here
   they are one statement, which goes out with the one that builds the table: of a small question most is
   what dbt does around it. #}
{% macro duckdb__get_assert_columns_equivalent(sql) -%}
    {%- set agreed = [] -%}
    {%- for column in model.columns.values() -%}
        {%- do agreed.append('cast(null as ' ~ column.data_type ~ ') as ' ~ adapter.quote(column.name)) -%}
    {%- endfor -%}
    {%- if not agreed -%}{{ return(dbt.default__get_assert_columns_equivalent(sql)) }}{%- endif -%}
    select error(
        'This model has an enforced contract that failed: ' || string_agg(
            coalesce(found.column_name, agreed.column_name)
            || ' is ' || coalesce(found.column_type, 'missing') || ' in the query and '
            || coalesce(agreed.column_type, 'missing') || ' in the contract', '; '
            order by coalesce(found.column_name, agreed.column_name)
        ) || '. Let the two agree, in the SQL of the model or in its YAML.'
    )
    from (describe {{ get_empty_subquery_sql(sql) }}) as found
    full join (describe select {{ agreed | join(', ') }}) as agreed
        on found.column_name = agreed.column_name
    where found.column_type is distinct from agreed.column_type
    having count(*) > 0;
{%- endmacro %}
