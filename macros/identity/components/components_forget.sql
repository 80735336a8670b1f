{# Drop the remembered edges and the work tables, before the table that they belong to is replaced: a
   build that is killed in between then starts from nothing. #}
{% macro components_forget(model_relation) -%}
    {%- for step in ['seen', 'added', 'shrunk'] -%}
        {%- do adapter.drop_relation(components_work(model_relation, step)) -%}
    {%- endfor -%}
{%- endmacro %}
