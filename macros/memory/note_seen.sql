{# Run after a memory of states: notes in the rows of all that this build saw that it did. #}
{% macro note_seen(id, seen) -%}
    {%- if is_incremental() -%}
    update {{ this }}
    set seen_at = {{ as_of() }}
    where seen_at < {{ as_of() }}
        and {{ id }} in (select seen.{{ id }} from {{ seen }} as seen)
    {%- endif -%}
{%- endmacro %}
