{# Run before an appended object is landed from a table: takes out the rows whose content the table
   holds no more, or more or less often than was landed. The model then lands what is not there, so
   that a table of a loader, which does not say what is new in it, is read but not built anew. #}
{% macro drop_changed_copies(table) -%}
    delete from {{ this }}
    where _content_hash in (
        select landed._content_hash
        from (
            select _content_hash, count(*) as copies
            from {{ this }}
            group by _content_hash
        ) as landed
        left join (
            select _content_hash, count(*) as copies
            from (
                {{ landing_scans(table, raw_scans(table, source_relation(table))) }}
            ) as scanned
            group by _content_hash
        ) as standing
            on landed._content_hash = standing._content_hash
        where standing.copies is null or standing.copies <> landed.copies
    )
{%- endmacro %}
