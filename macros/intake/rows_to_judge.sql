{# The CTE `records`: the rows that an intake model judges. In an incremental build those landed since it
   last ran, those of objects that arrive whole, and, of the CTE `again`, the contents that were judged
   before and have to be anew (contents_to_judge_again). Where these are few, as mostly, the query names
   them itself: the engine then maps no other row that landed before. #}
{% macro rows_to_judge(rows, entity, rules, numbered=false) -%}
    {%- if not is_incremental() -%}
    records as (
        select * from {{ rows }}
    )
    {%- else -%}
    {%- set last, most = last_judged_landing(), 1000 -%}
    {%- set contents, found = contents_to_judge_again(rows, entity, rules, last, numbered), [] -%}
    {#- Behind a letter, so that no hash of digits alone is taken for a number. -#}
    {%- set lettered = run_query(
        "select 'h' || _content_hash from (" ~ contents
        ~ ') as judged where _content_hash is not null limit ' ~ (most + 1)
    ).columns[0].values() if execute else [] -%}
    {%- for content in lettered -%}{%- do found.append([content[1:]]) -%}{%- endfor -%}
    again as (
        {{ contents if found | length > most else rows_of({'_content_hash': 'string'}, found) }}
    ),

    records as (
        select * from {{ rows }}
        where _landing is null or _landing > {{ last }}
        {%- if found %}
        union all
        select * from {{ rows }}
        where _landing <= {{ last }} and _content_hash in ({{
            'select again._content_hash from again' if found | length > most
            else "'" ~ found | map('first') | join("', '") ~ "'"
        }})
        {%- endif %}
    )
    {%- endif -%}
{%- endmacro %}
