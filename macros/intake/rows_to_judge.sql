{# The CTE `records`: the rows that an intake model judges. In an incremental build those landed since it
   last ran, those of objects that arrive whole, and, of the CTE `again`, the contents that were judged
   before and have to be anew: held back or decided on, because a policy, the day or a steward may let
   them in now; let in by a waiver, which may have ended; of a file that was written anew; and those
   of which a copy or a version has landed, so that these are found in whatever build they arrive. #}
{% macro rows_to_judge(rows, entity) -%}
    {%- if not is_incremental() -%}
    records as (
        select * from {{ rows }}
    )
    {%- else -%}
    {%- set last = last_judged_landing() -%}
    landed as (
        select _content_hash, source_record_id
        from {{ rows }}
        where _landing is null or _landing > {{ last }}
    ),

    again as (
        select judged._content_hash
        from {{ this }} as judged
        where judged._content_hash in (select landed._content_hash from landed)
        union
        select judged._content_hash
        from {{ this }} as judged
        where judged.source_record_id in (select landed.source_record_id from landed)
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
    ),

    records as (
        select * from {{ rows }}
        where _landing is null or _landing > {{ last }}
        union all
        select * from {{ rows }}
        where _landing <= {{ last }}
            and _content_hash in (select again._content_hash from again)
    )
    {%- endif -%}
{%- endmacro %}
