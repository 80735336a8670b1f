{# True where a contact point may be used for a purpose on a channel today: its state is allowed, and
   mail to it did not bounce for good. The gate of every list and outbox that acts on people. #}
{% macro consent_allows(contact_point_hash, purpose, channel) -%}
    coalesce({{ contact_point_hash }}, '') in (
        select consented.contact_point_hash
        from {{ ref('consent_current') }} as consented
        where consented.purpose = '{{ purpose }}'
            and consented.channel = '{{ channel }}'
            and consented.state = 'allowed'
            and not consented.is_bounced
    )
{%- endmacro %}
