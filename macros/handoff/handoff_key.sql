{# The key of a handoff: the record that was called qualified and when. No person and no cycle is in it,
   because a merge changes both, and a changed key would send a second task for one lead. #}
{% macro handoff_key(record_key, handed_at) -%}
    {{ surrogate_key('hof', [
        record_key,
        'cast(' ~ seconds_between(epoch(), handed_at) ~ ' as ' ~ dbt.type_string() ~ ')',
    ]) }}
{%- endmacro %}
