{# The weights of all fields that are one kind of evidence, added up. #}
{% macro sum_of_weights(kind) -%}
    {{ match_evidence()[kind] | join('_weight + ') }}_weight
{%- endmacro %}
