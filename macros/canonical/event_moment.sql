{# When an event happened, as far as both clocks allow: by the sender's clock, but never later than it
   was received. #}
{% macro event_moment(alias) -%}
    case
        when {{ alias }}.event_at > {{ alias }}.received_at then {{ alias }}.received_at
        else {{ alias }}.event_at
    end
{%- endmacro %}
