{# Run last after a staging model: clears the rows of people who were erased, those that landed just
   now and those that stood there. A row about the person keeps nothing; an event stays as one of
   nobody; of a row about something else only what names the person goes. #}
{% macro erase_landed() -%}
    {%- if execute and model.name.startswith('stg_') and run_query(
        'select count(*) from ' ~ erasure_ledger('identifier')
    ).rows[0][0] -%}
        {%- set table = landing_declaration(*model.name[4:].split('__')) -%}
        {%- set ways = {'event': erase_as_event, 'account': erase_in_part, 'opportunity': erase_in_part,
            'activity': erase_in_part, 'reference': erase_in_part} -%}
        update {{ this }} set
            _content_hash = {{ keyed_hash("coalesce(_content_hash, '')") }},
            _cast_failures = null,
            _undeclared = null,
            {%- if table.get('load') == 'append' %}
            _landing = (select coalesce(max(landing), 0) + 1 from {{ landing_ledger() }}),
            {%- endif %}
            {{ ways.get(table.entity, erase_whole)(table) }}
        where {{ erased_rows(table) }};
        {%- if table.get('load') == 'append' %}
        insert into {{ landing_ledger() }}
        select '{{ table.connector }}', '{{ table.object }}', 'erasure ' || max(_landing), '', max(_landing)
        from {{ this }}
        having max(_landing) > (select coalesce(max(landing), 0) from {{ landing_ledger() }})
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}
