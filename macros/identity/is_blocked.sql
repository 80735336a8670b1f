{# True where a value is one of blocked_values. #}
{% macro is_blocked(value, policy) -%}
    {{ regex_matches_column('lower(' ~ value ~ ')', policy ~ '.pattern') }}
{%- endmacro %}
