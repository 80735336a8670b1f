{# Put what built_beside made in the place of the table that the model had. #}
{% macro put_in_place(finished, target_table, existing) -%}
    {%- if existing is not none -%}
        {%- do adapter.rename_relation(existing, backup_of(target_table, existing)) -%}
    {%- endif -%}
    {%- do adapter.rename_relation(finished, target_table) -%}
{%- endmacro %}
