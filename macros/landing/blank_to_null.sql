{# A text that says "nothing here" is null: empty, N/A, a dash, the word null, and the MD5 of the
   empty text, in hex or base64, which exports with hashed values have in place of a blank. One look
   into a list in text form: an `in` of as many values over many columns takes long to plan. #}
{% macro blank_to_null(expression, data_type='string') -%}
    {%- set blanks = [
        '', 'n/a', '-', '--', 'null', '<null>', 'undefined',
        'd41d8cd98f00b204e9800998ecf8427e', '1b2m2y8asgtpgamy7phcfg==',
    ] -%}
    {%- if data_type == 'json' -%}
        {{ expression }}
    {%- else -%}
        case
            when length({{ expression }}) <= 32 and {{ string_position(
                "'|' || lower(trim(" ~ expression ~ ")) || '|'", "'|" ~ blanks | join('|') ~ "|'"
            ) }} > 0 then null
            else {{ expression }}
        end
    {%- endif -%}
{%- endmacro %}
