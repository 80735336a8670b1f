{# What an event says about who it is, as one text; null where it says nothing. Joins events to
   int_login__person. #}
{% macro login_key(alias) -%}
    case when coalesce({{ alias }}.user_id, {{ alias }}.person_record_id, {{ alias }}.email) is not null then
        {{ alias }}.source_system || '|' || coalesce({{ alias }}.user_id, '')
        || '|' || coalesce({{ alias }}.person_record_id, '') || '|' || coalesce({{ alias }}.email, '')
    end
{%- endmacro %}
