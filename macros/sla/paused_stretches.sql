{# CTE body: when a status that stops the clock held within each of `spans`, which has person_id,
   calendar_id, pause_statuses, started_at, measured_to and the columns of `keys`. #}
{% macro paused_stretches(spans, keys) -%}
    select
        {%- for key in keys %}
        {{ spans }}.{{ key }},
        {%- endfor %}
        {{ spans }}.calendar_id,
        {{ greatest_of([spans ~ '.started_at', 'statuses.changed_at']) }} as paused_from,
        {{ least_of([spans ~ '.measured_to', 'statuses.replaced_at']) }} as paused_to
    from {{ spans }}
    inner join {{ ref('lead_work_history') }} as statuses
        on {{ spans }}.person_id = statuses.person_id
            and statuses.changed_at < {{ spans }}.measured_to
            and coalesce({{ spans }}.started_at < statuses.replaced_at, true)
            and ';' || {{ spans }}.pause_statuses || ';' like '%;' || statuses.value || ';%'
    where statuses.field = 'lead_status'
        and coalesce(statuses.changed_at < statuses.replaced_at, true)
{%- endmacro %}
