{# Query: the keyed hash of each id of a browser or of a tracker's session, each hashed once for the
   many events that it stands in; those of the events that this build looks at, which the CTE `events`
   holds. Where that is all of them, the ids are read beside them, so that it need not be kept. #}
{% macro hashed_once(column) -%}
    {%- set looks_at_all = looks_at_all_events() -%}
    select
        source_system,
        written,
        {{ keyed_hash("source_system || ':' || written") }} as hashed
    from (
        select distinct source_system, {{ column }} as written
        from {{ ref('int_event__checked') ~ ' where is_current and ' if looks_at_all else 'events where ' -}}
        {{ column }} is not null
    ) as ids
{%- endmacro %}
