{# The reasons that hold for a row, as one text with a `;` before each; null where none does.
   `rules` is a list of (reason, condition). #}
{% macro reasons(rules) -%}
    {%- if not rules -%}
    cast(null as {{ dbt.type_string() }})
    {%- else -%}
    nullif(
        {%- for reason, condition in rules %}
        {{ '|| ' if not loop.first }}case when {{ condition }} then ';{{ reason }}' else '' end
        {%- endfor %},
        ''
    )
    {%- endif -%}
{%- endmacro %}
