{# All scans of an object, stacked: its raw rows as text, with their hashes. #}
{% macro landing_scans(table, scans) -%}
{%- for scan in scans %}
    {% if not loop.first %}union all{% endif %}
    {{ landing_scan(table, scan) }}
{%- else %}
    {{ landing_empty_scan(table) }}
{%- endfor %}
{%- endmacro %}
