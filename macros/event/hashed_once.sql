{# Query: the keyed hash of each id of a browser or of a tracker's session, each hashed once for the
   many events that it stands in; those of the events that this build looks at. #}
{% macro hashed_once(column) -%}
    select
        source_system,
        written,
        {{ keyed_hash("source_system || ':' || written") }} as hashed
    from (
        select distinct checked.source_system, checked.{{ column }} as written
        from {{ ref('int_event__checked') }} as checked
        where checked.is_current and checked.{{ column }} is not null
            {{ and_looked_at('checked.event_id', 'event_id') }}
    ) as ids
{%- endmacro %}
