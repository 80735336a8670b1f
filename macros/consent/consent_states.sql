{# Query: the state of each contact point for a purpose on a channel today, as contact_point_hash and
   state; for lists whose rows say what their person agreed to. #}
{% macro consent_states(purpose, channel) -%}
    select contact_point_hash, state
    from {{ ref('consent_current') }}
    where purpose = '{{ purpose }}' and channel = '{{ channel }}'
{%- endmacro %}
