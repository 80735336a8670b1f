{# Run after a staging model: adds the lines that could not be read at all as rows of their own, and
   notes the files of an appended object, or its table, as landed. #}
{% macro finish_landing() -%}
    {{ return(adapter.dispatch('finish_landing', 'customer_data_model')()) }}
{%- endmacro %}

{% macro default__finish_landing() -%}
    {%- if execute and model.name.startswith('stg_') -%}
        {%- set table = landing_declaration(*model.name[4:].split('__')) -%}
        {%- if table.get('load') == 'append' -%}
            {%- do note_landed_files(table) -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{% macro duckdb__finish_landing() -%}
    {%- if execute and model.name.startswith('stg_') -%}
        {%- set table = landing_declaration(*model.name[4:].split('__')) -%}
        {#- A scan with this option, and no other, makes the two tables. -#}
        {%- if 'store_rejects' in sql -%}
            {%- if run_query('select count(*) from temp.reject_errors').rows[0][0] -%}
                {%- do run_query(unparsable_lines(table)) -%}
            {%- endif -%}
            {%- do run_query('drop table temp.reject_errors; drop table temp.reject_scans') -%}
        {%- endif -%}
        {%- if table.get('load') == 'append' -%}
            {%- do note_landed_files(table) -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
