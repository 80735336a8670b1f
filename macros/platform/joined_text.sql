{#- The non-null texts of a list, joined by a separator; an empty text when all are null. -#}
{% macro joined_text(exprs, separator='') %}
    {{- return(adapter.dispatch('joined_text', 'customer_data_model')(exprs, separator)) -}}
{% endmacro %}

{% macro default__joined_text(exprs, separator) -%}
    concat_ws({{ text_literal(separator) }}, {{ exprs | join(', ') }})
{%- endmacro %}

{% macro snowflake__joined_text(exprs, separator) -%}
    array_to_string(array_construct_compact({{ exprs | join(', ') }}), {{ text_literal(separator) }})
{%- endmacro %}

{% macro bigquery__joined_text(exprs, separator) -%}
    array_to_string([{{ exprs | join(', ') }}], {{ text_literal(separator) }})
{%- endmacro %}
