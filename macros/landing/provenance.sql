{# The first columns of a map: which record of which system a row speaks of, and its raw row.
   `record_id`, `updated_at`, `is_deleted` and `source_system` are expressions. `derived` marks rows
   that say something beside the raw row which another row accounts for: all of them, or those for
   which an expression holds; `grouped` ones come from several raw rows and so point to none. #}
{% macro provenance(
    connector, object, record_id, updated_at=none, is_deleted=none, source_system=none,
    derived=false, grouped=false
) -%}
    '{{ connector }}' as connector,
    cast({{ source_system or "'" ~ connector ~ "'" }} as {{ dbt.type_string() }}) as source_system,
    '{{ object }}' as source_object,
    cast({{ record_id }} as {{ dbt.type_string() }}) as source_record_id,
    cast({{ updated_at or 'null' }} as {{ dbt.type_timestamp() }}) as record_updated_at,
    coalesce({{ is_deleted or 'false' }}, false) as is_deleted,
    {{ derived if derived is string else ('true' if derived or grouped else 'false') }} as is_derived,
    {%- if grouped %}
    {%- for column, type in provenance_columns().items() if column.startswith('_') %}
    cast(null as {{ type }}) as {{ column }}{{ ',' if not loop.last }}
    {%- endfor %}
    {%- else %}
    _source_file,
    {{ row_location() }} as _source_row,
    _source_line,
    _content_hash,
    _cast_failures,
    _unparsable,
    _loaded_at,
    _landing
    {%- endif %}
{%- endmacro %}
