-- Why are these records one person? All records of the person behind one record, each with the
-- identifiers that it shares with others, and the identifiers that were refused and why.
--
--   dbt compile --select explain_one_person --vars '{record_key: "hubspot:90000501"}'
--
-- prints the query for one record; run it on the state file.
with members as (
    select * from {{ ref('int_person__members') }}
),

asked as (
    select person_id from members
    where record_key = '{{ var("record_key", "hubspot:90000501") }}'
),

claims as (
    select * from {{ ref('int_identifier__claims') }}
),

judged as (
    select * from {{ ref('int_identifier__judged') }}
),

explained as (
    select
        members.person_id,
        members.record_key,
        members.rule_id,
        members.valid_from,
        claims.id_type,
        judged.verdict,
        judged.reason,
        judged.record_count,
        claims.id_value
    from asked
    inner join members
        on asked.person_id = members.person_id
    left join claims
        on members.record_key = claims.record_key
    left join judged
        on claims.id_type = judged.id_type and claims.id_value = judged.id_value
)

select * from explained
order by record_key, id_type, id_value
