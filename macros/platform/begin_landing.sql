{# Run before a staging model: takes out the rows of files that have changed since they were landed, or
   of tables that hold them no more, which the model then reads anew. Only appended objects keep rows
   from build to build. #}
{% macro begin_landing() -%}
    {{ return(adapter.dispatch('begin_landing', 'customer_data_model')()) }}
{%- endmacro %}

{% macro default__begin_landing() -%}
    {%- if execute and model.name.startswith('stg_') and is_incremental() -%}
        {{ drop_changed_copies(landing_declaration(*model.name[4:].split('__'))) }}
    {%- endif -%}
{%- endmacro %}

{% macro duckdb__begin_landing() -%}
    {%- if reads_tables() -%}
        {{ customer_data_model.default__begin_landing() }}
    {%- elif execute and model.name.startswith('stg_') and is_incremental() -%}
        {%- set table = landing_declaration(*model.name[4:].split('__')) -%}
        {%- set fresh = export_files({
            'connector': table.connector,
            'names': [table.object] + (table.get('object_aliases') or []),
            'known': landed_files(table),
        }).files -%}
        {%- if fresh %}
            delete from {{ this }} where _source_file in (
                {%- for file in fresh %}'{{ file | replace("'", "''") }}'{{ ', ' if not loop.last }}{% endfor -%}
            )
        {%- endif %}
    {%- endif -%}
{%- endmacro %}
