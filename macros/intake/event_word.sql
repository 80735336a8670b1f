{# An event's name as the policy lists it: lower case, every run of what is neither letter nor number,
   of whatever script, one underscore. Most names are written so already. #}
{% macro event_word(expr) -%}
    case
        when {{ regex_matches(expr, '^[0-9a-z]+(_[0-9a-z]+)*$') }} then {{ expr }}
        else trim({{ regex_replace('lower(' ~ expr ~ ')', '[^\\p{L}\\p{N}]+', '_') }}, '_')
    end
{%- endmacro %}
