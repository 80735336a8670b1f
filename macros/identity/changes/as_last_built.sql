{# The table of a model as the last build left it, or none: for a model that runs before it. A ref would
   be a circle. None too with --full-refresh, and where an earlier version of the model left other columns. #}
{% macro as_last_built(model_name, columns) -%}
    {%- set found = load_relation(this.incorporate(path={'identifier': model_name})) -%}
    {%- if found is none or flags.FULL_REFRESH or not has_columns(found, columns) -%}
        {{ return(none) }}
    {%- endif -%}
    {{ return(found) }}
{%- endmacro %}
