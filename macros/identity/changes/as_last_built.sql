{# The table of a model as the last build left it, or none: for a model that runs before it. A ref would
   be a circle. None too with --full-refresh, where an earlier version of the model left other columns, and
   in a unit test, which has no table. #}
{% macro as_last_built(model_name, columns) -%}
    {%- set found = load_relation(this.incorporate(path={'identifier': model_name})) if this else none -%}
    {%- if found is none or flags.FULL_REFRESH or not has_columns(found, columns) -%}
        {{ return(none) }}
    {%- endif -%}
    {{ return(found) }}
{%- endmacro %}
