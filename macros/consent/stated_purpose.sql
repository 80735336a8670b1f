{# The purpose of a statement; of one that names none what it is about as a rule. Global Privacy Control is
   about selling and sharing, and about nothing else. #}
{% macro stated_purpose() -%}
    coalesce(
        lower(purpose),
        case
            when action = 'gpc' then 'sale_share'
            when action in ('deny', 'withdraw', 'object') then '*'
            else 'marketing'
        end
    )
{%- endmacro %}
