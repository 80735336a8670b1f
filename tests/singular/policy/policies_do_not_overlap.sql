-- Of each rule one row is in force on any day. If this fails, close the older row: its valid_to is the
-- first day of the newer one.
{%- for policy, key in policy_keys().items() %}
select '{{ policy }}' as policy, older.valid_from as older_from, newer.valid_from as newer_from, count(*) as row_count
from {{ ref(policy) }} as older
inner join {{ ref(policy) }} as newer
    on older.valid_from < newer.valid_from
        {%- for column in key %}
        and older.{{ column }} = newer.{{ column }}
        {%- endfor %}
where older.valid_to is null or older.valid_to > newer.valid_from
group by older.valid_from, newer.valid_from
{{ 'union all' if not loop.last }}
{%- endfor %}
