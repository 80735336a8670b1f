{# What stands behind `from` to read the registry as the last build left it; no rows before the first. Read as
   {{ this }} by the registry model alone, which is never dropped: a person's id depends on its history.
   It is no CTE, which engines would write down whole before they look for a few rows of it. #}
{% macro registry_standing() -%}
    {{ this if is_incremental() else '(' ~ no_rows({
        'record_key': 'string', 'person_id': 'string', 'from_run': 'int', 'from_at': 'timestamp',
        'to_run': 'int', 'to_at': 'timestamp',
    }) ~ ')' }}
{%- endmacro %}
