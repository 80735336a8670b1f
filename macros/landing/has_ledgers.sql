{# Whether the ledgers are there: hooks make them at the start of a run, and commands that only write SQL
   have no such start. #}
{% macro has_ledgers() -%}
    {{ return(flags.WHICH not in ['compile', 'generate', 'show']) }}
{%- endmacro %}
