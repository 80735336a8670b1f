{# Select of one fingerprint of all rules by which people are told apart. When one of them changes, every
   record is looked at again. #}
{% macro identity_rules() -%}
    select cast(coalesce(sum(cast({{ working_hash('rule') }} as decimal(38, 0))), 0)
        as decimal(38, 0)) as fingerprint
    from (
        select 'contract|{{ var("contract_version") }}' as rule
        {%- for table, columns in {
            'policy_identifier_type': ['id_type', 'tier', 'priority', 'may_merge', 'max_anchors',
                'exclusive_limit', 'joins_same_system', 'names_must_agree'],
            'policy_exclusive_system': ['source_system'],
        }.items() %}
        union all
        select '{{ table }}' {%- for column in columns %}
            || '|' || coalesce(cast({{ column }} as {{ dbt.type_string() }}), '')
            {%- endfor %} as rule
        from {{ ref(table) }} as policy
        where {{ in_force('policy') }}
        {%- endfor %}
        union all
        select override_id || '|' || action || '|' || record_a || '|' || coalesce(record_b, '') as rule
        from {{ ref('int_identity__overrides') }}
        union all
        select name || '|' || nickname as rule
        from {{ ref('ref_nickname') }}
    ) as rules
{%- endmacro %}
