"""What breaks the checks of identity resolution."""

SENTENCES = {
    "each_old_id_leads_to_a_living_person": {
        "a person without an entry": [
            "delete from canonical.person_register where person_id = "
            "(select min(person_id) from canonical.person)"
        ],
        "an entry without a person": [
            "delete from canonical.person where person_id = "
            "(select min(person_id) from canonical.person)"
        ],
        "a chain of merges": [
            "insert into canonical.person_register select * replace "
            "('per_old' as person_id, 'merged' as status, 'per_older' as merged_into) "
            "from canonical.person_register limit 1"
        ],
    },
    "nobody_is_more_than_one_person": {
        "everybody is one": ["update resolve.int_person__members set person_id = 'per_all'"],
        "two logins": [
            "update resolve.int_person__members set person_id = 'per_two' where record_key in "
            "(select min(record_key) from resolve.int_identity__exclusives "
            "where value_type = 'user_id' group by value order by value limit 2)"
        ],
        "two names": [
            "insert into resolve.int_identity__names "
            "select 'c', record_key, record_key, '', record_key from resolve.int_person__members "
            "where person_id = (select person_id from resolve.int_person__members "
            "group by person_id having count(*) > 1 order by person_id limit 1)"
        ],
        "a crowd": [
            "update policy.policy_identifier_type set max_anchors = 1 where id_type = 'person'"
        ],
    },
}

RULES = {
    "row_rules_person_register": {
        "only_the_merged_lead_elsewhere": "merged_into = 'per_other'",
        "only_the_living_go_on": "ended_at = timestamp '2026-06-30'",
    },
    "row_rules_identity_event": {
        "only_merge_and_split_name_another": "other_person_id = 'per_other'",
        "nobody_is_another": "other_person_id = person_id",
        "records_and_runs_are_counted": "record_count = 0",
    },
    "row_rules_identity_review": {
        "a_limit_is_named_where_one_was_met": "conflict_type = 'user_id'",
        "two_persons_are_two": "other_person_id = person_id",
        "somebody_else_is_there": "person_count = 1",
    },
}
