{# A web address as far as it may leave staging: the page and its campaign parameters. Other
   parameters and the fragment go, for sites put e-mail addresses and tokens there; so does any
   part that holds an @ all the same. Most addresses have nothing of that, which is seen at a glance. #}
{% macro url_without_identifiers(url) -%}
    {%- set kept, names = [], [
        'utm_source', 'utm_medium', 'utm_campaign', 'utm_content', 'utm_term', 'utm_id', 'gclid',
    ] -%}
    {%- for name in names -%}
        {%- do kept.append(regex_extract(url, '[?&](' ~ name ~ '=[^&#]*)')) -%}
    {%- endfor -%}
    {%- set page = regex_extract(url, '^([^?#]*)') -%}
    {%- set query = "nullif(" ~ joined_text(kept, '&') ~ ", '')" -%}
    {%- set bare = page ~ " || coalesce('?' || " ~ query ~ ", '')" -%}
    {%- set signs = [] -%}
    {%- for sign in ['?', '#', '@'] -%}
        {%- do signs.append(url ~ " like '%" ~ sign ~ "%'") -%}
    {%- endfor -%}
    {%- do signs.append(string_position("'%40'", url) ~ ' > 0') -%}
    case
        when not ({{ signs | join(' or ') }}) then {{ url }}
        else {{ regex_replace(bare, '[^/?&=]*(@|%40)[^/?&=]*', 'removed') }}
    end
{%- endmacro %}
