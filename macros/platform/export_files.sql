{# Asks the Python side (cdm.landing.describe) what stands in the folder of exports. DuckDB only:
   elsewhere the raw objects are tables. #}
{% macro export_files(request) -%}
    {%- do request.update({'exports': env_var('CDM_EXPORTS', 'demo/exports')}) -%}
    {%- set asked = tojson(request) | replace("'", "''") -%}
    {%- set answer = fromjson(run_query("select cdm_export_files('" ~ asked ~ "')").rows[0][0]) -%}
    {%- if answer.error -%}{{ exceptions.raise_compiler_error(answer.error) }}{%- endif -%}
    {{ return(answer) }}
{%- endmacro %}
