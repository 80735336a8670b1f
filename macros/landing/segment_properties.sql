{# Properties of Segment's track calls that leave staging: name in the event's JSON to column. None of
   them is meant to name a person. #}
{% macro segment_properties() -%}
    {{ return({
        'form_id': 'form_id', 'form_name': 'form_name', 'label': 'label', 'category': 'category',
        'value': 'value', 'currency': 'currency', 'transaction_id': 'order_id', 'plan': 'plan',
        'feature': 'feature', 'file_name': 'file_name', 'intent': 'intent', 'consent': 'consent',
    }) }}
{%- endmacro %}
