{# What a tool exported of one entity, summed up by where its rows went, as a query. `value` is what is
   summed: 1 counts rows. `unit` is an expression. #}
{% macro tool_rows(entity, measure, unit="'rows'", value='1') -%}
    {%- set place -%}
        case
            when disposition = 'duplicate' then 'copies'
            when disposition = 'quarantined' then 'held'
            when disposition = 'excluded' then 'left_out'
            when disposition = 'erasure_blocked' then 'erased'
            when not is_current then 'older_versions'
            {%- if entity == 'opportunity' %}
            when merged_into is not null then 'merged'
            {%- endif %}
            else 'current'
        end
    {%- endset -%}
    select
        '{{ measure }}' as measure,
        {{ unit }} as unit,
        coalesce(source_system, connector) as source_system,
        {{ place }} as place,
        sum(cast({{ value }} as decimal(18, 2))) as value
    from {{ ref('int_' ~ entity ~ '__checked') }}
    group by {{ unit }}, coalesce(source_system, connector), {{ place }}
{%- endmacro %}
