{# The business owner and steward that each raw object's declaration names, as a CTE body. #}
{% macro object_owners() -%}
    {%- if not execute -%}{{ return('select null as connector') }}{%- endif -%}
    {%- for table in landing_declarations() %}
    select
        '{{ table.connector }}' as connector,
        '{{ table.object }}' as source_object,
        '{{ table.business_owner }}' as business_owner,
        '{{ table.steward }}' as steward
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
