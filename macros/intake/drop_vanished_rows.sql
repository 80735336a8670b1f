{# Run after an incremental intake model: takes out the rows that stand in no landed table any more,
   because their file was written anew without them or their object arrived whole without them. A
   full build has only standing rows. All standing rows are judged by now, so there is nothing to take
   out where there are as many judged rows as standing ones, and the rows need not be compared. #}
{% macro drop_vanished_rows(relation) -%}
    {%- set records = api.Relation.create(
        relation.database, relation.schema, relation.identifier | replace('__checked', '__records')
    ) -%}
    {%- set counts = run_query(
        'select (select count(*) from ' ~ relation ~ '), (select count(*) from ' ~ records ~ ')'
    ).rows[0] if execute and is_incremental() else [0, 0] -%}
    {%- if counts[0] != counts[1] -%}
    delete from {{ relation }}
    where not exists (
        select 1
        from {{ records }} as standing
        where coalesce(standing._content_hash, '') = coalesce({{ relation }}._content_hash, '')
            and coalesce(standing._source_file, '') = coalesce({{ relation }}._source_file, '')
    )
    {%- endif -%}
{%- endmacro %}
