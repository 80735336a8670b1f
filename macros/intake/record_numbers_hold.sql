{# Whether the numbers that the table at hand has of its records (record_number) are those that the engine
   gives today. Where they are not, because it is another version or the table is from before there were
   numbers, rows get none, so that ids are compared until the table is built anew. #}
{% macro record_numbers_hold() -%}
    {%- if not execute or not is_incremental() -%}{{ return(true) }}{%- endif -%}
    {%- set columns = adapter.get_columns_in_relation(this) | map(attribute='name') | list -%}
    {%- if 'record_number' not in columns -%}{{ return(false) }}{%- endif -%}
    {%- set wrong = run_query(
        'select (select count(*) from ' ~ this ~ ' where record_number is null), (select count(*) from'
        ~ ' (select * from ' ~ this ~ ' where record_number is not null limit 1) as held'
        ~ ' where held.record_number <> ' ~ record_number('held') ~ ')'
    ).rows[0] -%}
    {{ return(wrong[0] + wrong[1] == 0) }}
{%- endmacro %}
