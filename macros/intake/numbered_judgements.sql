{# The CTE `numbered`: the placed rows with the number of the build that judged them so, which only
   grows; a row that is judged again (CTE `again`) and stays what it was keeps its number. So later models
   see what is new without comparing all rows. A full build goes on from the numbers of the table it replaces. #}
{% macro numbered_judgements(placed, entity) -%}
    {%- set number = [1] -%}
    {%- set earlier = load_relation(this) if execute and this else none -%}
    {%- if earlier is not none and '_judged' in adapter.get_columns_in_relation(earlier) | map(attribute='name') -%}
        {%- set newest = run_query('select coalesce(max(_judged), 0) from ' ~ earlier).rows[0][0] -%}
        {%- do number.append(newest | int + 1) -%}
    {%- endif -%}
    numbered as (
        {%- if is_incremental() %}
        select
            {{ placed }}.*,
            coalesce(held._judged, {{ number[-1] }}) as _judged
        from {{ placed }}
        left join (
            select
                {{ raw_row_id(entity, [], 'copy_number') }} as raw_row_id, disposition, is_current,
                _judged
            from {{ this }}
            where _content_hash in (select again._content_hash from again)
        ) as held
            on {{ raw_row_id(entity, [], 'copy_number') }} = held.raw_row_id
                and {{ placed }}.disposition = held.disposition
                and {{ placed }}.is_current = held.is_current
        {%- else %}
        select *, {{ number[-1] }} as _judged from {{ placed }}
        {%- endif %}
    )
{%- endmacro %}
