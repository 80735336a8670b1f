{# Run after the memory of ids: what it remembers of an erased record is that its person's id was given
   away once. The record's name goes, so that neither it nor its id comes back. #}
{% macro forget_erased_records() -%}
    {%- if 'all' in erasure_scopes() -%}
        update {{ this }}
        set record_key = 'erased:' || substr({{ keyed_hash('record_key') }}, 1, 32)
        where to_run is not null and {{ keyed_hash('record_key', 'erasure') }} in (
            select erased.id_hash
            from {{ erasure_ledger('identifier') }} as erased
            where erased.scope = 'all' and erased.id_type = 'record'
        )
    {%- endif -%}
{%- endmacro %}
