{# Select of who was who at a moment: record_key and the person_id that it had then. The moment is a
   SQL timestamp; it is compared with the as-of time of the builds. #}
{% macro person_as_of(moment) -%}
    select record_key, person_id
    from {{ ref('int_identity__registry') }}
    where from_at <= {{ moment }}
        and (to_at is null or to_at > {{ moment }})
{%- endmacro %}
