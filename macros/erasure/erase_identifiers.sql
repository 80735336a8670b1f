{# Assignments: who it is goes, out of a row that stays: addresses, numbers and names. Its id, what
   it belongs to and what was done stay; addresses of pages keep page and campaign. What stays of a
   list of parameters gets columns of its own, and the list goes. #}
{% macro erase_identifiers(table) -%}
    {%- for column in table.columns %}
    {%- set kind, name = erasure_kind(column), adapter.quote(column.name) %}
    {%- set told = told_value(table, column) %}
    {%- set target = (column.get('maps_to') or '').split('.')[-1] %}
    {%- if kind == 'email_md5' %}
    {{ name }} = substr({{ keyed_hash("_content_hash || " ~ name) }}, 1, 32),
    {%- elif target in ('page_location', 'referrer') %}
    {{ name }} = {{ url_without_identifiers(told) }},
    {%- elif kind in ('email', 'phone', 'contact_point', 'text')
        or (column.get('pii') in ('direct', 'sensitive') and kind != 'record') %}
    {{ name }} = null,
    {%- elif told != name %}
    {{ name }} = {{ told }},
    {%- endif %}
    {%- endfor %}
    _unparsable = case when _unparsable is not null then {{ erased_row() }} end
{%- endmacro %}
