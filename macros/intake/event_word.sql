{# An event's name as the policy lists it: lower case, every run of other characters one underscore. #}
{% macro event_word(expr) -%}
    trim({{ regex_replace('lower(' ~ expr ~ ')', '[^0-9a-z]+', '_') }}, '_')
{%- endmacro %}
