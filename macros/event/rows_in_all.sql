{# Query: how many rows the table of the model at hand shall have: of judged events as many as are mapped,
   of canonical ones as many as are located. #}
{% macro rows_in_all() -%}
    {%- if model.name == 'int_event__checked' -%}
        select count(*) from {{ ref('int_event__records') }}
    {%- else -%}
        select count(*) from {{ ref('int_event__located') }}
    {%- endif -%}
{%- endmacro %}
