{# The CTE `changed`: the events that the table does not hold yet, or that read otherwise now: their
   raw row, person, account, session, source or number of deliveries is another. Where only those
   that were touched are looked at, all of them; and so in a full build. #}
{% macro changed_events(rows) -%}
    {%- set looks_at_all = looks_at_all_events() -%}
    changed as (
        select {{ rows }}.*
        from {{ rows }}
        {%- if is_incremental() and looks_at_all %}
        left join {{ this }} as held
            on {{ rows }}.event_id = held.event_id
        where held.event_id is null
            or held._content_hash <> {{ rows }}._content_hash
            or held.event_name <> {{ rows }}.canonical_name
            or held.intent <> {{ rows }}.intent
            or held.delivery_count <> {{ rows }}.delivery_count
            or coalesce(held.person_id, '') <> coalesce({{ rows }}.person_id, '')
            or coalesce(held.person_method, '') <> coalesce({{ rows }}.person_method, '')
            or coalesce(held.account_id, '') <> coalesce({{ rows }}.account_id, '')
            or coalesce(held.session_id, '') <> coalesce({{ rows }}.session_id, '')
            or coalesce(held.source_id, '') <> coalesce({{ rows }}.source_id, '')
            or held.is_entry <> {{ rows }}.is_entry
        {%- endif %}
    )
{%- endmacro %}
