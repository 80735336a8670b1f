{# Lower-case text with every letter that has a spelling in two letters, and those spellings, as one
   plain letter. For comparing names only. #}
{% macro folded_letters(expr) -%}
    {%- set folded = namespace(sql=strip_accents(expr)) -%}
    {%- for letter, plain in {
        'æ': 'a', 'ø': 'o', 'œ': 'o', 'ß': 's', 'ł': 'l', 'đ': 'd', 'ð': 'd', 'þ': 't', 'ı': 'i',
        'ae': 'a', 'oe': 'o', 'ue': 'u', 'aa': 'a', 'ss': 's', 'th': 't',
    }.items() -%}
        {%- set folded.sql = "replace(" ~ folded.sql ~ ", '" ~ letter ~ "', '" ~ plain ~ "')" -%}
    {%- endfor -%}
    {{ folded.sql }}
{%- endmacro %}
