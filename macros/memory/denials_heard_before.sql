{# The denials that earlier builds heard of, as a CTE body; none before the first. It reads the memory
   as the build before left it, which itself reads the intake of consent. #}
{% macro denials_heard_before() -%}
    {%- set ledger = adapter.get_relation(this.database, 'resolve', 'int_consent__ledger') if execute -%}
    {%- if ledger %}
    select
        {{ contact_point_key('contact_point') }} as contact_key,
        action,
        coalesce(captured_at, heard_at) as captured_at
    from {{ ledger }}
    where action in ('deny', 'withdraw', 'object', 'gpc')
    {%- else %}
    select
        cast(null as {{ dbt.type_string() }}) as contact_key,
        cast(null as {{ dbt.type_string() }}) as action,
        cast(null as {{ dbt.type_timestamp() }}) as captured_at
    where 1 = 0
    {%- endif %}
{%- endmacro %}
