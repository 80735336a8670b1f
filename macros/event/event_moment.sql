{# When an event happened, as far as both clocks allow: by the sender's clock, set right by what it
   showed when the event was sent, and never later than the event was received. #}
{% macro event_moment(alias) -%}
    {%- set set_right = dbt.dateadd(
        'second', '-coalesce(case when ' ~ alias ~ '.sent_at is not null then '
            ~ clock_skew(alias) ~ ' end, 0)', alias ~ '.event_at'
    ) -%}
    case
        when {{ set_right }} > {{ alias }}.received_at then {{ alias }}.received_at
        else {{ set_right }}
    end
{%- endmacro %}
