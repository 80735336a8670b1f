{# Run after an incremental intake model: takes out the rows that stand in no landed table any more,
   because their file was written anew without them or their object arrived whole without them. A
   full build has only standing rows. #}
{% macro drop_vanished_rows(relation) -%}
    {%- if is_incremental() -%}
    delete from {{ relation }}
    where not exists (
        select 1
        from {{ api.Relation.create(
            relation.database, relation.schema, relation.identifier | replace('__checked', '__records')
        ) }} as standing
        where coalesce(standing._content_hash, '') = coalesce({{ relation }}._content_hash, '')
            and coalesce(standing._source_file, '') = coalesce({{ relation }}._source_file, '')
    )
    {%- endif -%}
{%- endmacro %}
