{# The value of a record that a column of policy_match_blocking names: an empty text where the column
   is empty, null where the record lacks the value or no such part exists. #}
{% macro match_part(name, record) -%}
    case coalesce({{ name }}, '')
        when '' then ''
        {%- for part in match_parts() %}
        when '{{ part }}' then {{ record }}.{{ part }}
        {%- endfor %}
    end
{%- endmacro %}
