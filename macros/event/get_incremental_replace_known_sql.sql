{# The incremental strategy `replace_known`: delete+insert, where the delete is left out if the counts say
   that nothing that comes stands there already: both together are as many as shall be (rows_in_all). To
   look for a few ids among all rows takes longer than all else that a day brings. #}
{% macro get_incremental_replace_known_sql(arg_dict) -%}
    {%- set counts = run_query(
        'select (select count(*) from ' ~ arg_dict.target_relation ~ ') + (select count(*) from '
        ~ arg_dict.temp_relation ~ '), (' ~ rows_in_all() ~ ')'
    ).rows[0] -%}
    {{ get_incremental_append_sql(arg_dict) if counts[0] == counts[1]
        else get_incremental_delete_insert_sql(arg_dict) }}
{%- endmacro %}
