{# The compared fields by what they are evidence of: the name, what is somebody's own, and the place,
   which colleagues share and households do. int_match__scored limits what a place tells. #}
{% macro match_evidence() -%}
    {{ return({
        'name': ['given_name', 'family_name'],
        'own': ['birth_date', 'email', 'phone'],
        'place': ['street', 'house_number', 'postcode', 'city', 'region', 'company'],
    }) }}
{%- endmacro %}
