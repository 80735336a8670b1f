{# An event's name as the policy lists it: lower case, every run of other characters one underscore.
   Most names are written so already. #}
{% macro event_word(expr) -%}
    case
        when {{ regex_matches(expr, '^[0-9a-z]+(_[0-9a-z]+)*$') }} then {{ expr }}
        else trim({{ regex_replace('lower(' ~ expr ~ ')', '[^0-9a-z]+', '_') }}, '_')
    end
{%- endmacro %}
