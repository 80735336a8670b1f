{# True where a browser may be linked with a person: by the rule of policy_stitching, from what
   int_cookie__consent (`consents`, joined, null where nothing was stated) knows of it. #}
{% macro may_link_browser(consent_rule, consents) -%}
    case {{ consent_rule }}
        when 'granted' then coalesce({{ consents }}.is_granted, false)
        when 'unless_refused' then not coalesce({{ consents }}.is_refused, false)
        else true
    end
{%- endmacro %}
