{# What two records are compared by. The levels of each stand in policy_match_weight. #}
{% macro match_fields() -%}
    {% set fields = [] %}
    {%- for kind in match_evidence().values() -%}
        {%- do fields.extend(kind) -%}
    {%- endfor -%}
    {{ return(fields) }}
{%- endmacro %}
