{# Run after an intake model whose rows are judged one by one in a full build (see placed, `many`): of
   several rows of one record, copies become duplicates, and of the versions only the latest is current.
   An increment has told its rows apart before they were written. #}
{% macro tell_copies_apart(relation, entity) -%}
    {%- set placed_rows = '(select *, ' ~ row_location() ~ ' as row_place from ' ~ relation ~ ')' -%}
    {%- if not is_incremental() -%}
    update {{ relation }} set
        copy_number = told.copy_place,
        duplicate_of = case when told.copy_place > 1 then {{ raw_row_id(entity, [], '1') }} end,
        reason_codes = case
            when told.disposition = 'duplicate' then '{{ entity }}.row.duplicate'
            else {{ relation }}.reason_codes
        end,
        disposition = told.disposition,
        is_current = told.disposition = 'accepted' and told.version_place = 1
    from (
        with {{ crowded_records(placed_rows, number='judged.record_number') }},

        copies as (
            select *, {{ copy_place() }} as copy_place
            from crowd
        ),

        versions as (
            select *, {{ version_place() }} as version_place
            from (
                select
                    row_place, copy_place, source_system, source_object, source_record_id,
                    record_updated_at, _loaded_at, _content_hash, case
                        when copy_place > 1 and disposition <> 'erasure_blocked' then 'duplicate'
                        else disposition
                    end as disposition
                from copies
            ) as placed_copies
        )

        select row_place, copy_place, version_place, disposition
        from versions
    ) as told
    where {{ row_location() }} = told.row_place
    {%- endif -%}
{%- endmacro %}
