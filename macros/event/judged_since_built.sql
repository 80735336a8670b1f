{# A condition on rows of int_event__checked: judged since the tables of events were built. True for
   all rows where all have to be looked at. #}
{% macro judged_since_built(events) -%}
    {%- set upto = built_upto() if is_incremental() else none -%}
    {{ 'true' if upto is none else events ~ '._judged > ' ~ upto }}
{%- endmacro %}
