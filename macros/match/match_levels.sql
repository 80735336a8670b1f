{# The fields that records are compared by, each with the expression that gives the level at which
   left_side and right_side agree; null where one of them lacks the value. First level that fits. #}
{% macro match_levels() -%}
    {%- set alias -%}
        when nicknames.left_name is not null then 'alias'
        when left_side.given_name = substr(right_side.given_name, 1, length(left_side.given_name))
            or right_side.given_name = substr(left_side.given_name, 1, length(right_side.given_name))
            then 'close'
    {%- endset -%}
    {#- Of two names in each other's place one says so, and the other says how alike the rest is. -#}
    {%- set given_name -%}
        case
            when not {{ names_swapped() }} then {{ text_level('given_name', before=alias, is_name=true) }}
            when left_side.given_name = right_side.family_name then 'swapped'
            else {{ text_level('given_name', 'family_name', is_name=true) }}
        end
    {%- endset -%}
    {%- set family_name -%}
        case
            when not {{ names_swapped() }} then {{ text_level('family_name', is_name=true) }}
            when left_side.given_name = right_side.family_name
                then {{ text_level('family_name', 'given_name', is_name=true) }}
            else 'swapped'
        end
    {%- endset -%}
    {#- Where the mailbox is called as the person is, the names have said it already. Colleagues of one
        family name have addresses that differ in the initial alone. -#}
    {%- set is_named -%}
        {{ string_position('left_side.family_name', 'left_side.mailbox') }} > 0
            and {{ string_position('right_side.family_name', 'right_side.mailbox') }} > 0
    {%- endset -%}
    {%- set mailbox -%}
        when left_side.mailbox = right_side.mailbox
            then case when {{ is_named }} then 'named_mailbox' else 'mailbox' end
        when substr(left_side.email, 1, 1) <> substr(right_side.email, 1, 1) then 'different'
        when {{ texts_are_close('left_side.mailbox', 'right_side.mailbox') }}
            and not ({{ texts_are_close('left_side.email', 'right_side.email') }})
            then case when {{ is_named }} then 'named_mailbox' else 'mailbox_close' end
    {%- endset -%}
    {{ return({
        'given_name': given_name,
        'family_name': family_name,
        'birth_date': date_level('birth_date'),
        'street': text_level('street'),
        'house_number': text_level('house_number'),
        'postcode': text_level('postcode'),
        'city': text_level('city'),
        'region': text_level('region'),
        'email': text_level('email', before=mailbox),
        'phone': text_level('phone'),
        'company': text_level('company'),
    }) }}
{%- endmacro %}
