{# Run after the memory of ids, which is after all that works out who is who: what it remembers of
   an erased record is that its person's id was given away once. The record's name goes, so that
   neither it nor its id comes back, and it goes from the lists of what changed in this build. #}
{% macro forget_erased_records() -%}
    {%- set lists = [
        (ref('int_identifier__touched'), ['id_value']),
        (ref('int_identifier__rejudged'), ['id_value']),
        (ref('int_identity__reclustered'), ['record_key']),
        (ref('int_identity__anchors_before'), ['node', 'component']),
        (ref('int_identity__edges_before'), ['node_a', 'node_b', 'id_value']),
    ] -%}
    {%- if 'all' in erasure_scopes() -%}
        {%- set erased -%}
            select erased.id_hash
            from {{ erasure_ledger('identifier') }} as erased
            where erased.scope = 'all' and erased.id_type = 'record'
        {%- endset -%}
        {%- for list, columns in lists %}
        {%- for column in columns %}
        delete from {{ list }} where {{ keyed_hash(column, 'erasure') }} in ({{ erased }});
        {%- endfor %}
        {%- endfor %}
        update {{ this }}
        set record_key = 'erased:' || substr({{ keyed_hash('record_key') }}, 1, 32)
        where to_run is not null and {{ keyed_hash('record_key', 'erasure') }} in ({{ erased }})
    {%- endif -%}
{%- endmacro %}
