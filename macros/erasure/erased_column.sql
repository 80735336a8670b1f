{# Assignment of one column of a row that stays without its person, or nothing: the hash of an address,
   and an id that `renames`, become ones that lead nowhere; the address of a page keeps page and
   campaign; another one goes where it `clears`. What a list holds of a column that stays moves into
   it, since lists go. #}
{% macro erased_column(table, column, clears, renames=false, keeps_click_id=true) -%}
    {%- set name, told = adapter.quote(column.name), told_value(table, column) -%}
    {%- set target = (column.get('maps_to') or '').split('.')[-1] -%}
    {%- if renames or erasure_kind(column) == 'email_md5' %}
    {{ name }} = substr({{ keyed_hash("_content_hash || " ~ name) }}, 1, 32),
    {%- elif target in ('page_location', 'referrer') %}
    {%- set page = url_without_identifiers(told) %}
    {{ name }} = {{ page if keeps_click_id else regex_replace(page, '[?&]gclid=[^&#]*', '') }},
    {%- elif clears %}
    {{ name }} = null,
    {%- elif told != name %}
    {{ name }} = {{ told }},
    {%- endif %}
{%- endmacro %}
