{# The columns of marts.person_summary that conditions of segments can look at, by what they hold. No key of
   an address or a telephone number is one: nobody is put on a list by name. #}
{% macro segment_attributes() -%}
    {{ return({
        'company_domain': 'text', 'acquisition_channel': 'text', 'first_touch_channel': 'text',
        'last_touch_channel': 'text', 'sales_owner_id': 'text', 'account_id': 'text',
        'industry': 'text', 'employee_band': 'text', 'country': 'text', 'seniority': 'text',
        'job_function': 'text', 'email_kind': 'text', 'lifecycle_stage': 'text',
        'lead_status': 'text', 'grade': 'text', 'is_vetoed': 'text', 'is_active_user': 'text',
        'touch_count': 'number', 'days_since_touch': 'number', 'fit_score': 'number',
        'engagement_score': 'number', 'composite_score': 'number',
    }) }}
{%- endmacro %}
