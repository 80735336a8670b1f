{# The settings of a memory: a table that keeps what earlier builds saw, also in a full refresh, and to
   which each build adds what is new. `unique_key` tells its rows apart, `hooks` run after it. #}
{% macro memory(unique_key, hooks=[]) -%}
    {{ config(
        materialized='incremental',
        incremental_strategy='delete+insert',
        unique_key=unique_key,
        full_refresh=false,
        on_schema_change='append_new_columns',
        post_hook=hooks,
    ) }}
{%- endmacro %}
