{# CTE body: what each handoff lacks, a row per rule of policy_handoff and handoff; `lack` is null where
   the rule is met. `conditions` has a column <rule>_lack for each. #}
{% macro handoff_lacks(conditions) -%}
    {%- for rule in ['score', 'job_title', 'company', 'country', 'contact_point', 'engagement',
                     'consent', 'source', 'service_level'] %}
    select handoff_id, handed_at, '{{ rule }}' as rule_id, {{ rule }}_lack as lack
    from {{ conditions }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
