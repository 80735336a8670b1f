{# Assignments: a row about something else that names an erased person loses what names people; a line
   that could not be read keeps nothing. #}
{% macro erase_in_part(table) -%}
    {%- for column in table.columns if erasure_kind(column) or column.get('pii') in ('direct', 'sensitive') %}
    {{ adapter.quote(column.name) }} = null,
    {%- endfor %}
    _unparsable = case when _unparsable is not null then {{ erased_row() }} end
{%- endmacro %}
