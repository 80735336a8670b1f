{# Query: explicit sign-ups in the exports, as the keyed hash of the address and the time. Which objects
   hold them, and in which columns, their declarations say (`meta.signup`). #}
{% macro erasure_signups(has_erasures) -%}
    {%- set found = [] -%}
    {%- for table in (landing_declarations() if has_erasures else []) if table.get('signup') -%}
        {%- set signup = table.signup -%}
        {%- set columns = {} -%}
        {%- for column in table.columns -%}{%- do columns.update({column.name: column}) -%}{%- endfor -%}
        {%- for scan in raw_scans(table, source_relation(table)) -%}
            {%- set declared = resolve_columns(table, scan).declared -%}
            {%- if signup.email in declared and signup.at in declared -%}
                {%- do found.append({
                    'email': declared[signup.email],
                    'at': parse_timestamp(
                        declared[signup.at], columns[signup.at].time_zone or 'UTC',
                        columns[signup.at].date_order
                    ),
                    'word': declared.get(signup.get('word', ''), "'" ~ signup['words'][0] ~ "'"),
                    'words': signup['words'],
                    'scan': scan.scan,
                }) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for signup in found %}
    select
        {{ keyed_hash(email_address(signup.email), 'erasure') }} as email_hash,
        {{ signup.at }} as signed_up_at
    from {{ signup.scan }} as signed
    where {{ regex_replace('lower(' ~ signup.word ~ ')', '[^a-z]', '') }}
        in ('{{ signup.words | join("', '") }}')
    {{ 'union all' if not loop.last }}
    {%- else %}
    select
        cast(null as {{ dbt.type_string() }}) as email_hash,
        cast(null as {{ dbt.type_timestamp() }}) as signed_up_at
    where 1 = 0
    {%- endfor %}
{%- endmacro %}
