{# The columns of the table that is being built, as it stands, in contract order. #}
{% macro columns_of_this() -%}
    {{ return(model.columns.values() | map(attribute='name') | join(', ')) }}
{%- endmacro %}
