{# A raw row as one text behind `before`, which is hashed: its values as `name=value` in order of name, nulls left out,
   so that neither the order of columns nor the spelling of an alias changes it. In a short text six letters
   of its hash stand for each name, for objects with many rows, whose names would be more than half of what
   is hashed, and one letter stands between values instead of four. What one kind of text is may not
   change: rows that landed would have other hashes. #}
{% macro row_text(columns, before, is_short=false) -%}
    {%- set parts = [] -%}
    {%- for name, expression in columns | sort -%}
        {%- do parts.append(((local_md5(name)[:6] if is_short else name) ~ '=', expression)) -%}
    {%- endfor -%}
    {{ labelled_text(
        parts, '\u001f' if is_short else '\\x1f', before, first_is_common=is_short
    ) if parts else before }}
{%- endmacro %}
