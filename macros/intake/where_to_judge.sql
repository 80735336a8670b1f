{# Which rows an incremental intake model judges: those landed since it last ran, those of objects
   that arrive whole, those held back or decided on, because a policy, the day or a steward may let
   them in now, and those let in by a waiver, which may have ended. With a row go all rows of its
   record and of its content, so that versions and copies are found in whatever build they arrive. #}
{% macro where_to_judge(records, entity) -%}
    {%- if is_incremental() -%}
    {%- set last = last_judged_landing() -%}
    {%- set landed_since = '(landed._landing is null or landed._landing > ' ~ last ~ ')' -%}
    where _content_hash in (
        select landed._content_hash
        from {{ records }} as landed
        where {{ landed_since }}
        union
        select judged._content_hash
        from {{ this }} as judged
        where judged.source_record_id in (
            select landed.source_record_id
            from {{ records }} as landed
            where {{ landed_since }}
        )
        union
        select judged._content_hash
        from {{ this }} as judged
        where judged.disposition = 'quarantined'
            {%- for reason in waivable_reasons(entity) %}
            or ';' || judged.reason_codes || ';' like '%;{{ reason }};%'
            {%- endfor %}
        union
        select judged._content_hash
        from {{ this }} as judged
        where judged.raw_row_id in (
            select decisions.quarantine_id from {{ quarantine_decisions() }} as decisions
        )
        union
        select judged._content_hash
        from {{ this }} as judged
        where judged._source_file in (
            select ledger.file_name
            from {{ landing_ledger() }} as ledger
            where ledger.landing > {{ last }}
        )
    )
    {%- endif -%}
{%- endmacro %}
