{# Run once before a build: the ledger of erasures as tables, each identifier with the moment from which
   its bearer is somebody new, because they signed up again, or up to which what was done goes. #}
{% macro load_erasures() -%}
    {%- if execute -%}
        {%- do adapter.create_schema(erasure_ledger('identifier')) -%}
        {%- do adapter.create_schema(erasure_ledger('field')) -%}
        {%- set columns = {
            'request': ['request_id', 'erased_at', 'reason', 'requested_by', 'person_ids',
                'identifier_count', 'holds', 'scope'],
            'field': ['request_id', 'person_id', 'hold', 'held_until', 'first_name', 'last_name',
                'email', 'phone', 'street', 'city', 'region', 'postcode', 'hold_reason'],
        } -%}
        {%- for name, listed in columns.items() -%}
            {%- do run_query(create_from_erasure_file(erasure_ledger(name), name, listed)) -%}
        {%- endfor -%}
        {%- set written = api.Relation.create(vault_database(), 'staging', 'erased_identifier_written') -%}
        {%- do run_query(create_from_erasure_file(written, 'identifier', [
            'request_id', 'erased_at', 'id_type', 'id_hash', 'of_email', 'scope', 'until',
        ])) -%}
        create or replace table {{ erasure_ledger('identifier') }} as
        select
            written.id_type,
            written.id_hash,
            written.scope,
            cast(written.erased_at as {{ dbt.type_timestamp() }}) as erased_at,
            coalesce(
                cast(nullif(written.until, '') as {{ dbt.type_timestamp() }}),
                min(signups.signed_up_at)
            ) as readmitted_at
        from (
            select
                id_type, id_hash, scope, max(of_email) as of_email, max(erased_at) as erased_at,
                max(until) as until
            from {{ written }}
            group by id_type, id_hash, scope
        ) as written
        left join (
            {{ erasure_signups(run_query('select count(*) from ' ~ written).rows[0][0] > 0) }}
        ) as signups
            on written.of_email = signups.email_hash
                and written.id_type in ('email', 'email_md5')
                and signups.signed_up_at > cast(written.erased_at as {{ dbt.type_timestamp() }})
                and signups.signed_up_at <= {{ as_of() }}
        group by
            written.id_type, written.id_hash, written.scope, written.erased_at, written.until
    {%- endif -%}
{%- endmacro %}
