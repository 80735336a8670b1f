{# The CTE `changed`: the events that the table does not hold yet, or that read otherwise now: their
   raw row, person, account, session, source or number of deliveries is another. All, in a full build. #}
{% macro changed_events(rows) -%}
    changed as (
        select {{ rows }}.*
        from {{ rows }}
        {%- if is_incremental() %}
        left join primary_accounts as accounts_now
            on {{ rows }}.person_id = accounts_now.person_id
        left join {{ this }} as held
            on {{ rows }}.event_id = held.event_id
        where held.event_id is null
            or held._content_hash <> {{ rows }}._content_hash
            or held.event_name <> {{ rows }}.canonical_name
            or held.delivery_count <> {{ rows }}.delivery_count
            or coalesce(held.person_id, '') <> coalesce({{ rows }}.person_id, '')
            or coalesce(held.account_id, '') <> coalesce(accounts_now.account_id, '')
            or coalesce(held.session_id, '') <> coalesce({{ rows }}.session_id, '')
            or coalesce(held.source_id, '') <> coalesce({{ rows }}.source_id, '')
            or held.is_entry <> {{ rows }}.is_entry
        {%- endif %}
    )
{%- endmacro %}
