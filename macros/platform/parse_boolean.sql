{#- Text as a boolean: true/false, t/f, yes/no, y/n, 1/0 in any case; else null. -#}
{% macro parse_boolean(expr) %}
    {{- return(adapter.dispatch('parse_boolean', 'customer_data_model')(expr)) -}}
{% endmacro %}

{% macro default__parse_boolean(expr) %}
    case
        when lower({{ expr }}) in ('true', 't', 'yes', 'y', '1') then true
        when lower({{ expr }}) in ('false', 'f', 'no', 'n', '0') then false
    end
{%- endmacro %}
