{# Why a text from written_email is no address that mail could reach; null where it may be one. #}
{% macro email_problem(address) -%}
    case
        when {{ address }} is null then 'identifier.email.missing'
        when length({{ address }}) - length(replace({{ address }}, '@', '')) <> 1
            then 'identifier.email.not_one_at_sign'
        when not {{ regex_matches(address, '^[^@]{1,64}@') }}
            or {{ regex_matches(address, '(^[.]|[.]@|[.][.].*@|[()<>,;:"\\[\\]\\\\].*@)') }}
            then 'identifier.email.implausible_local_part'
        when not {{ regex_matches(address, '@([^.]+[.])+[^.0-9][^.]+$') }}
            or {{ regex_matches(address, '@.*[!-,/:-@\\[-`{-~]') }}
            or {{ regex_matches(address, '[@.]-|-([.]|$)') }}
            then 'identifier.email.implausible_domain'
    end
{%- endmacro %}
