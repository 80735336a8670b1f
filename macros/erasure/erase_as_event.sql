{# Assignments: an event of an erased person stays, as one of nobody. What identifies goes,
   addresses of pages keep page and campaign, and its id, with the vendor's id of the person in it,
   becomes one that leads nowhere. A column that is not declared any more goes too. #}
{% macro erase_as_event(table) -%}
    {%- set about = {} -%}
    {%- for column in table.columns -%}{%- do about.update({column.name: column}) -%}{%- endfor -%}
    {%- for found in adapter.get_columns_in_relation(this) if not found.name.startswith('_') %}
    {%- set column = about.get(found.name) or {} %}
    {%- set is_id = found.is_string() and 'source_record_id' in (column.get('maps_to') or '') %}
    {{- erased_column(
        table, column or {'name': found.name},
        renames=is_id, clears=not column or erasure_kind(column) or column.get('pii', 'none') != 'none',
        keeps_click_id=false,
    ) }}
    {%- endfor %}
    _unparsable = case when _unparsable is not null then {{ erased_row() }} end
{%- endmacro %}
