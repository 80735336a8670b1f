-- Grain: one column of a raw object as declared or as found, and one file that nobody reads.
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
        when 'unread_file' then 'Stands in the folder of exports and belongs to no object.'
        else 'Read.'
    end as message,
    '{{ var("contract_version") }}' as _contract_version
from columns
