{# What is set in the rows of one object that an erasure of this scope reaches; nothing where it
   reaches none of them. A record that is named by a hash of the address can't stay without it. #}
{% macro erasure_assignments(table, scope) -%}
    {%- set ways = {
        'all': {'event': erase_as_event, 'account': erase_in_part, 'opportunity': erase_in_part,
            'activity': erase_in_part, 'reference': erase_in_part},
        'identifiers': {'consent': erase_whole, 'event': erase_identifiers, 'person': erase_identifiers},
        'behaviour': {'event': erase_as_event if has_own_time(table) else none},
    }[scope] -%}
    {%- set usual = {'all': erase_whole, 'identifiers': erase_in_part} -%}
    {%- set way = ways.get(table.entity, usual.get(scope)) -%}
    {%- if scope == 'identifiers' and table.entity == 'person'
        and table.columns | selectattr('erase_by', 'equalto', 'email_md5') | list -%}
        {%- set way = erase_whole -%}
    {%- endif -%}
    {{ return(way(table) if way else none) }}
{%- endmacro %}
