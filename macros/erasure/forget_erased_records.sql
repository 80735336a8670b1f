{# Run after the memory of ids, which is after all that works out who is who: what it remembers of
   an erased record is that its person's id was given away once. The record's name goes, so that
   neither it nor its id comes back, and so do the lists of what changed in this build and the anchors
   of the last one. Of these lists int_identifier__carried_before may stay: it has hashes of hashes alone. #}
{% macro forget_erased_records() -%}
    {%- set lists = [
        ref('int_identifier__rejudged'), ref('int_identity__edges_changed'),
        ref('int_identity__stirred'), ref('int_identity__reclustered'),
    ] -%}
    {%- set anchors = ref('int_identity__anchors') -%}
    {%- if 'all' in erasure_scopes() -%}
        {%- set erased -%}
            select erased.id_hash
            from {{ erasure_ledger('identifier') }} as erased
            where erased.scope = 'all' and erased.id_type = 'record'
        {%- endset -%}
        {%- for list in lists %}
        delete from {{ list }};
        {%- endfor %}
        delete from {{ anchors }} where component is null;
        update {{ anchors }} set component_before = null;
        update {{ this }}
        set record_key = 'erased:' || substr({{ keyed_hash('record_key') }}, 1, 32)
        where to_run is not null and {{ keyed_hash('record_key', 'erasure') }} in ({{ erased }})
    {%- endif -%}
{%- endmacro %}
