{# True where a value of this kind belongs to somebody who was erased and did not sign up again before
   `born_at`, an expression for when the row came to be. #}
{% macro erased_value(kind, column, system, born_at, scope='all') -%}
    {%- set values = {
        'email': [('email', email_address(column))],
        'phone': [('phone', usable_phone(column))],
        'user_id': [('user_id', 'trim(' ~ column ~ ')')],
        'cookie': [('cookie', 'trim(' ~ column ~ ')')],
        'record': [('record', system ~ " || ':' || " ~ column)],
        'email_md5': [('email_md5', 'lower(' ~ column ~ ')')],
        'contact_point': [
            ('email', email_address(column)),
            ('phone', usable_phone(column)),
            ('cookie', 'trim(' ~ column ~ ')'),
        ],
    }[kind] -%}
    {%- for id_type, value in values if not (scope == 'identifiers' and id_type == 'cookie') %}
    {{ 'or ' if not loop.first }}coalesce({{ keyed_hash(value, 'erasure') }} in (
        select erased.id_hash
        from {{ erasure_ledger('identifier') }} as erased
        where erased.scope = '{{ scope }}' and erased.id_type = '{{ id_type }}'
            and (erased.readmitted_at is null or {{ born_at }} < erased.readmitted_at)
    ), false)
    {%- endfor %}
{%- endmacro %}
