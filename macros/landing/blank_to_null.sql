{# A text that says "nothing here", by the pattern of blank_pattern, is null. It is taken out rather than
   looked for: DuckDB takes a value that Parquet keeps once out of a text once, but looks for it in each. #}
{% macro blank_to_null(expression) -%}
    case
        when {{ expression }} <> '' and {{ regex_extract(expression, '(?i)^(' ~ blank_pattern() ~ ')$') }} is null
            then {{ expression }}
    end
{%- endmacro %}
