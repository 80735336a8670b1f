{# Where the table that a model had stands until the new one is committed. #}
{% macro backup_of(target_table, existing) -%}
    {{ return(make_backup_relation(target_table, existing.type if existing else 'table')) }}
{%- endmacro %}
