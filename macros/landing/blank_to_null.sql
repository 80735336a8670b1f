{# A text that says "nothing here" is null: empty, N/A, a dash, the word null, and the MD5 of the
   empty text, in hex or base64, which exports with hashed values have in place of a blank. #}
{% macro blank_to_null(expression, data_type='string') -%}
    {%- if data_type == 'json' -%}
        {{ expression }}
    {%- else -%}
        case
            when length({{ expression }}) <= 32
                and lower(trim({{ expression }})) in (
                    '', 'n/a', '-', '--', 'null', '<null>', 'undefined',
                    'd41d8cd98f00b204e9800998ecf8427e', '1b2m2y8asgtpgamy7phcfg=='
                ) then null
            else {{ expression }}
        end
    {%- endif -%}
{%- endmacro %}
