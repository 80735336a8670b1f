{#- Rows of (written, expected) texts for the tests of this folder. -#}
{% macro written_and_expected(cases) %}
    {%- for written, expected in cases %}
    {{ 'union all ' if not loop.first }}select
        {{- ' ' ~ text_literal(written) }} as written, {{ text_literal(expected) }} as expected
    {%- endfor %}
{% endmacro %}
