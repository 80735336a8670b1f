{# Assignments: an event of an erased person stays, as one of nobody. What identifies goes,
   addresses of pages keep page and campaign, and its id, with the vendor's id of the person in it,
   becomes one that leads nowhere. What stays of a list of parameters gets columns of its own, and
   the list goes, as does a column that is not declared any more. A line that could not be read
   keeps nothing. #}
{% macro erase_as_event(table) -%}
    {%- set about = {} -%}
    {%- for column in table.columns -%}{%- do about.update({column.name: column}) -%}{%- endfor -%}
    {%- for found in adapter.get_columns_in_relation(this) if not found.name.startswith('_') %}
    {%- set column = about.get(found.name) or {} %}
    {%- set target = (column.get('maps_to') or '').split('.')[-1] %}
    {%- set name = adapter.quote(found.name) %}
    {%- set told = told_value(table, column) if column else name %}
    {%- if found.is_string() and column and (
        column.get('erase_by') == 'email_md5' or target == 'source_record_id'
    ) %}
    {{ name }} = substr({{ keyed_hash("_content_hash || " ~ name) }}, 1, 32),
    {%- elif target in ('page_location', 'referrer') %}
    {{ name }} = {{ regex_replace(url_without_identifiers(told), '[?&]gclid=[^&#]*', '') }},
    {%- elif not column or erasure_kind(column) or column.get('pii', 'none') != 'none' %}
    {{ name }} = null,
    {%- elif told != name %}
    {{ name }} = {{ told }},
    {%- endif %}
    {%- endfor %}
    _unparsable = case when _unparsable is not null then {{ erased_row() }} end
{%- endmacro %}
