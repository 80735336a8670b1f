{# What criteria count for the conditions of definitions, as policy_score_criterion.counts_as names it. #}
{% macro counted_measures() -%}
    {{ return([
        'high_intent', 'company_email', 'verification', 'job_title', 'product_use', 'sales_touch',
        'conversation', 'veto', 'review',
    ]) }}
{%- endmacro %}
