{# The key of a row of a published table's node as one text, to name a row in a finding. #}
{% macro row_key(node) -%}
    {%- set parts = [] -%}
    {%- for column in ((node.config.get('meta') or {}).get('primary_key') or [] if node else []) -%}
        {%- do parts.append("coalesce(cast(" ~ column ~ " as " ~ dbt.type_string() ~ "), '?')") -%}
    {%- endfor -%}
    {{ parts | join(" || ' ' || ") or 'cast(null as ' ~ dbt.type_string() ~ ')' }}
{%- endmacro %}
