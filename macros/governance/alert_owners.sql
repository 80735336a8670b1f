{# Who looks after a table or raw object, and after a connector as a whole, and after how many days without
   a new row it is stale: two of its cadences. A CTE body. #}
{% macro alert_owners(fields) -%}
    {%- for name in ['table_name', first_part('table_name', '.')] %}
    select
        {{ name }} as object_name,
        min(business_owner) as business_owner,
        max(case refresh_cadence
            when 'hourly' then 1 when 'daily' then 2 when 'weekly' then 14 else 62
        end) as days_allowed
    from {{ fields }}
    group by {{ name }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
