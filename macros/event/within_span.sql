{# Condition: a moment is within the span of a query's rows, from the first value of its column `first` to the
   last one of `last`; false where it has no rows. The two moments are written into the text, so that
   the engine passes over all that it knows to lie outside of them. #}
{% macro within_span(moment, query, first, last) -%}
    {#- Behind a letter, so that neither is taken for a date. -#}
    {%- set ends = run_query(
        "select 't' || cast(min(" ~ first ~ ') as ' ~ dbt.type_string() ~ "), 't' || cast(max(" ~ last ~ ') as '
        ~ dbt.type_string() ~ ') from (' ~ query ~ ') as spanned'
    ).rows[0] if execute else [none, none] -%}
    {%- if ends[0] is none -%}
    1 = 0
    {%- else -%}
    {{ moment }} between cast('{{ ends[0][1:] }}' as {{ dbt.type_timestamp() }})
        and cast('{{ ends[1][1:] }}' as {{ dbt.type_timestamp() }})
    {%- endif -%}
{%- endmacro %}
