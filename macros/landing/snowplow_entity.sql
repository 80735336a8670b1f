{# The first entity of one schema that came with a Snowplow event, as JSON text: out of its own column,
   or out of the list of all. Read are schemas without nested values alone. #}
{% macro snowplow_entity(schema, listed='contexts', vendor='snowplowanalytics_snowplow') -%}
    coalesce(
        {{ regex_extract('contexts_com_' ~ vendor ~ '_' ~ schema ~ '_1', '([{][^{}]*[}])') }},
        case when {{ listed }} like '%/{{ schema }}/%' then {{ regex_extract(
            listed, '"schema" *: *"iglu:[^"]*/' ~ schema ~ '/[^"]*" *, *"data" *: *([{][^{}]*[}])'
        ) }} end
    )
{%- endmacro %}
