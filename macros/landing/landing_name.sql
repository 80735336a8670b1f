{# A raw name as it is compared: lower case, every run of other characters one underscore. #}
{% macro landing_name(name) -%}
    {%- set re = modules.re -%}
    {%- set spaced = re.sub('([a-z0-9])([A-Z])', '\\1_\\2', name | trim) | lower -%}
    {{ return(re.sub('^_+|_+$', '', re.sub('[^0-9a-z]+', '_', spaced))) }}
{%- endmacro %}
