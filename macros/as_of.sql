{# The run's "now" as a timestamp: CDM_AS_OF, else the demo's fixed day for the demo exports, else
   the start of the run. Nothing in the project reads the clock in another way. #}
{% macro as_of() -%}
    {%- set is_demo = env_var('CDM_EXPORTS', 'demo/exports').rstrip('/').endswith('demo/exports') -%}
    {%- set stated = env_var('CDM_AS_OF', '') or ('2026-07-01T00:00:00' if is_demo else '') -%}
    {%- set day = '[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])' -%}
    {%- set hour = '([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?Z?' -%}
    {%- if stated and not modules.re.match('^' ~ day ~ '([T ]' ~ hour ~ ')?$', stated) -%}
        {{ exceptions.raise_compiler_error(
            'CDM_AS_OF is "' ~ stated ~ '", which is no moment. Write it in UTC, as 2026-07-01T00:00:00.'
        ) }}
    {%- endif -%}
    cast('{{ stated or run_started_at.strftime("%Y-%m-%dT%H:%M:%S") }}' as {{ dbt.type_timestamp() }})
{%- endmacro %}
