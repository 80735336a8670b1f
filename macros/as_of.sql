{# The run's "now" as a timestamp: CDM_AS_OF, else the demo's fixed day for the demo exports, else
   the start of the run. Nothing in the project reads the clock in another way. #}
{% macro as_of() -%}
    {%- set is_demo = env_var('CDM_EXPORTS', 'demo/exports').rstrip('/').endswith('demo/exports') -%}
    {%- set stated = env_var('CDM_AS_OF', '') or ('2026-07-01T00:00:00' if is_demo else '') -%}
    cast('{{ stated or run_started_at.strftime("%Y-%m-%dT%H:%M:%S") }}' as {{ dbt.type_timestamp() }})
{%- endmacro %}
