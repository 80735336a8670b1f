{# Seconds by which the sender's clock runs ahead of the receiver's. What was sent and received at once
   shows it; without the time of sending it is the event's own time, and negative then means late. #}
{% macro clock_skew(alias) -%}
    {{ seconds_between(
        alias ~ '.received_at', 'coalesce(' ~ alias ~ '.sent_at, ' ~ alias ~ '.event_at)'
    ) }}
{%- endmacro %}
