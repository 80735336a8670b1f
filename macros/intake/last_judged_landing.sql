{# The landing up to which an incremental intake model has judged its rows, as a number: the engine
   then skips what was landed before. #}
{% macro last_judged_landing() -%}
    {%- if execute -%}
        {{ return(run_query('select coalesce(max(_landing), 0) from ' ~ this).rows[0][0] | int) }}
    {%- endif -%}
    {{ return(0) }}
{%- endmacro %}
