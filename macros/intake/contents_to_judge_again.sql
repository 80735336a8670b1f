{# Query: the contents, by their hash, that an incremental intake model has judged and has to judge anew
   beside what landed since landing `last`: held back or decided on, because a policy, the day or a steward
   may let them in now; let in by a waiver, which may have ended; of a file that was written anew; and
   those of which a copy or a version has landed, so that these are found in whatever build they arrive.
   A copy has its record's id too, or none, and then its content is held. Mostly no record has landed
   again, which its ids tell without the hashes of all rows, and the numbers of the ids, where there are
   (`numbered`), at a fifth of the cost. #}
{% macro contents_to_judge_again(rows, entity, rules, last, numbered=false) -%}
    {%- set landed_since -%}
        from {{ rows }} as landed
        where landed.source_record_id is not null
            and (landed._landing is null or landed._landing > {{ last }})
    {%- endset -%}
    {%- set landed_again -%}
        from {{ this }} as judged
        where judged.source_record_id in (select landed.source_record_id {{ landed_since }})
    {%- endset -%}
    {%- set looked_for -%}
        from {{ this }} as judged
        where judged.record_number in (select {{ record_number('landed') }} {{ landed_since }})
    {%- endset -%}
    {%- set again = run_query(
        'select count(*) ' ~ (looked_for if numbered else landed_again)
    ).rows[0][0] if execute else 0 -%}
    {%- if again %}
    select judged._content_hash
    {{ landed_again }}
    union
    {%- endif %}
    select judged._content_hash
    from {{ this }} as judged
    where judged.disposition = 'quarantined'
        {%- for reason in waivable_reasons(entity, rules) %}
        or ';' || judged.reason_codes || ';' like '%;{{ reason }};%'
        {%- endfor %}
    union
    select judged._content_hash
    from {{ this }} as judged
    where judged.reason_codes is not null
        and {{ raw_row_id(entity, [], 'copy_number') }} in (
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
{%- endmacro %}
