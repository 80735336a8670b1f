{# The local part that a provider with this row of policy_email_alias delivers to. #}
{% macro aliased_local_part(local_part, alias) -%}
    case
        when {{ alias }}.strip_dots and {{ alias }}.strip_plus
            then replace({{ regex_replace(local_part, '[+].*$', '') }}, '.', '')
        when {{ alias }}.strip_plus then {{ regex_replace(local_part, '[+].*$', '') }}
        when {{ alias }}.strip_dots then replace({{ local_part }}, '.', '')
        else {{ local_part }}
    end
{%- endmacro %}
