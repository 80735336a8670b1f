{# An id of ours in the shape of a UUID, always the same one: version 5 and the usual variant. #}
{% macro uuid_of(id) -%}
    substring({{ id }}, 5, 8) || '-' || substring({{ id }}, 13, 4) || '-5' || substring({{ id }}, 18, 3)
    || '-a' || substring({{ id }}, 22, 3) || '-' || substring({{ id }}, 25, 12)
{%- endmacro %}
