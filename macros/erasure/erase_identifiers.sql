{# Assignments: who it is goes, out of a row that stays: addresses, numbers and names. Its id, what
   it belongs to and what was done stay; addresses of pages keep page and campaign. #}
{% macro erase_identifiers(table) -%}
    {%- for column in table.columns %}
    {%- set kind = erasure_kind(column) %}
    {{- erased_column(
        table, column,
        clears=kind in ('email', 'phone', 'contact_point', 'text')
            or (column.get('pii') in ('direct', 'sensitive') and kind != 'record'),
    ) }}
    {%- endfor %}
    _unparsable = case when _unparsable is not null then {{ erased_row() }} end
{%- endmacro %}
