{# The fields that records are compared by, each with the expression that gives the level at which
   left_side and right_side agree; null where one of them lacks the value. First level that fits. #}
{% macro match_levels() -%}
    {%- set swapped -%}
        when left_side.given_name = right_side.family_name or left_side.family_name = right_side.given_name
            then 'swapped'
    {%- endset -%}
    {%- set alias -%}
        when nicknames.left_name is not null then 'alias'
        when left_side.given_name = substr(right_side.given_name, 1, length(left_side.given_name))
            or right_side.given_name = substr(left_side.given_name, 1, length(right_side.given_name))
            then 'close'
    {%- endset -%}
    {#- Where the mailbox is called as the person is, the names have said it already. Colleagues of one
        family name have addresses that differ in the initial alone. -#}
    {%- set mailbox -%}
        when left_side.mailbox = right_side.mailbox then case
            when {{ string_position('left_side.family_name', 'left_side.mailbox') }} > 0
                and {{ string_position('right_side.family_name', 'right_side.mailbox') }} > 0
                then 'named_mailbox'
            else 'mailbox'
        end
        when substr(left_side.email, 1, 1) <> substr(right_side.email, 1, 1) then 'different'
    {%- endset -%}
    {{ return({
        'given_name': text_level('given_name', swapped ~ ' ' ~ alias),
        'family_name': text_level('family_name', swapped),
        'birth_date': date_level('birth_date'),
        'street': text_level('street'),
        'house_number': text_level('house_number'),
        'postcode': text_level('postcode'),
        'city': text_level('city'),
        'region': text_level('region'),
        'email': text_level('email', mailbox),
        'phone': text_level('phone'),
        'company': text_level('company'),
    }) }}
{%- endmacro %}
