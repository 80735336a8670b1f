-- I3. The record that names a person is that person's own, and a record that its system merged into
-- another is the same person as that one, however long the chain. If this fails, look up both
-- record_keys in resolve.int_person__members.
with members as (
    select * from {{ ref('int_person__members') }}
),

merges as (
    select
        record_key as loser_key,
        source_system || ':' || merged_into as survivor_key
    from {{ ref('int_person__checked') }}
    where is_current and merged_into is not null
)

select members.record_key, members.root_record_key as other_record_key, 'root of another person' as problem
from members
left join members as roots
    on members.root_record_key = roots.record_key
where roots.person_id is null or roots.person_id <> members.person_id or not roots.is_root
union all
select losers.record_key, survivors.record_key as other_record_key, 'merged, yet two persons' as problem
from merges
inner join members as losers
    on merges.loser_key = losers.record_key
inner join members as survivors
    on merges.survivor_key = survivors.record_key
where losers.person_id <> survivors.person_id
