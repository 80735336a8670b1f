{# The id of a session: of the trail it was found in and, where a rule cut the trail there, the second
   in which it began. A tracker's session so keeps its name when an earlier event arrives late. #}
{% macro session_id(trail, cut_at='null') -%}
    {{ surrogate_key('ses', [row_salt(), trail, cut_at]) }}
{%- endmacro %}
