-- Grain: one column of a raw object as declared or as found; one file or folder that nobody reads.
with columns as (
    {{ export_columns() }}
)

select
    connector,
    source_object,
    column_name,
    status,
    case status
        when 'undeclared' then 'In the export, but in no declaration: kept aside, used by nothing.'
        when 'missing_optional' then 'Declared, but not in the export: null.'
        when 'unread_file' then
            source_object || ' is empty, no CSV, JSON or Parquet file, or called after no object.'
        when 'earlier_file' then
            source_object || ' is an earlier export than the last of its object. '
            || 'If each holds only what is new, put them into a folder called after the object.'
        when 'unread_folder' then
            source_object || ' in the folder of exports belongs to no connector that is on.'
        else 'Read.'
    end as message,
    '{{ var("contract_version") }}' as _contract_version
from columns
