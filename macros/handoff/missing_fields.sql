{# Which of the fields in `required`, with a `;` between them, are among those that a lead `lacks`, with one
   before each: as `required`, or null where none is. #}
{% macro missing_fields(required, lacks) -%}
    {%- set told = [] -%}
    {%- for field in lead_fields() -%}
        {%- do told.append((field, "';' || " ~ required ~ " || ';' like '%;" ~ field ~ ";%' and "
            ~ lacks ~ " || ';' like '%;" ~ field ~ ";%'")) -%}
    {%- endfor -%}
    substr({{ reasons(told) }}, 2)
{%- endmacro %}
