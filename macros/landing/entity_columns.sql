{# The one shape of each entity at intake: its columns and their types, behind the provenance. #}
{% macro entity_columns(entity) -%}
    {%- set shapes = {
        'person': 'email additional_emails phone first_name last_name job_title company_name
            company_domain company_record_id street city region postcode country date_of_birth:date
            user_id anonymous_id lead_status lifecycle_stage owner_record_id acquisition_source
            acquisition_medium acquisition_campaign created_at:timestamp merged_into
            merged_record_ids',
        'account': 'name domain industry employees annual_revenue:decimal currency city region
            postcode country parent_record_id owner_record_id lifecycle_stage created_at:timestamp
            merged_into merged_record_ids',
        'opportunity': 'account_record_id person_record_id owner_record_id pipeline stage
            stage_rank:int amount:decimal currency probability:share type campaign_record_id
            created_at:timestamp expected_close_date:date closed_at:timestamp is_closed:boolean
            is_won:boolean merged_into',
        'link': 'from_object from_record_id to_object to_record_id role is_primary:boolean',
        'activity': 'activity_type direction outcome is_automated:boolean occurred_at:timestamp
            person_record_id account_record_id opportunity_record_id owner_record_id',
        'event': 'event_name event_at:timestamp sent_at:timestamp received_at:timestamp anonymous_id
            user_id person_record_id email session_key page_location referrer source medium campaign
            content term click_id click_id_type campaign_record_id user_agent properties',
        'consent': 'contact_point_type contact_point person_record_id purpose channel action
            lawful_basis jurisdiction captured_at:timestamp effective_from:timestamp
            effective_to:timestamp double_opt_in_at:timestamp method evidence_ref policy_version
            actor',
        'lifecycle_change': 'subject_type subject_record_id to_stage to_value
            changed_at:timestamp asserted_by field_name reason',
        'reference': 'kind label source medium',
        'campaign_cost': 'spent_on:date source medium campaign cost:decimal currency impressions:int
            clicks:int',
    } -%}
    {%- set types = {
        'text': dbt.type_string(), 'timestamp': dbt.type_timestamp(), 'date': 'date',
        'int': dbt.type_int(), 'boolean': dbt.type_boolean(), 'decimal': 'decimal(18, 2)',
        'share': 'decimal(20, 6)',
    } -%}
    {%- set columns = {} -%}
    {%- for word in shapes[entity].split() -%}
        {%- do columns.update({word.split(':')[0]: types[(word ~ ':text').split(':')[1]]}) -%}
    {%- endfor -%}
    {{ return(columns) }}
{%- endmacro %}
