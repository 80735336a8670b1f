{# The reasons that hold for a row, as one text with a `;` before each; null where none does.
   `rules` is a list of (reason, condition). #}
{% macro reasons(rules) -%}
    {%- set told = [] -%}
    {%- for reason, condition in rules -%}
        {%- do told.append('case when ' ~ condition ~ " then ';" ~ reason ~ "' end") -%}
    {%- endfor -%}
    {{ "nullif(" ~ joined_text(told) ~ ", '')" if told else 'cast(null as ' ~ dbt.type_string() ~ ')' }}
{%- endmacro %}
