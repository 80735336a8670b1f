{# The fields that a rule of routing may ask for, and when a lead of canonical.lead_profile, as it stood at
   its handoff, lacks each. #}
{% macro lead_fields() -%}
    {{ return({
        'job_title': 'profiles.job_title is null',
        'company': 'profiles.company is null',
        'country': 'profiles.country is null',
        'industry': 'profiles.industry is null',
        'employee_band': 'profiles.employee_band is null',
        'contact_point': 'profiles.email_key is null and not coalesce(profiles.has_phone, false)',
    }) }}
{%- endmacro %}
