"""What breaks the checks of the tables that everything else stands on."""

from __future__ import annotations

# Singular tests: what is broken, and by which statements. `{reconcile}` stands for building
# governance.reconciliation anew from what intake then holds.
SENTENCES: dict[str, dict[str, list[str]]] = {
    "no_raw_row_is_lost": {
        "a row vanishes": [
            "delete from intake.int_person__checked where raw_row_id = "
            "(select min(raw_row_id) from intake.int_person__checked where not is_derived)",
            "{reconcile}",
        ],
        "a row becomes another": [
            "update intake.int_event__checked set _content_hash = 'another' where event_id = "
            "(select min(event_id) from intake.int_event__checked where not is_derived)",
            "{reconcile}",
        ],
        "a row stands twice": [
            "insert into intake.int_link__checked select * from intake.int_link__checked "
            "where not is_derived order by raw_row_id limit 1",
            "{reconcile}",
        ],
        "a duplicate copies nothing": [
            "update intake.int_person__checked set duplicate_of = 'row_none' "
            "where disposition = 'duplicate'",
        ],
    },
    "nothing_unreadable_is_published_in_bulk": {
        "one line in ten": [
            "update governance.reconciliation set rows_in = 10 where (connector, source_object) in "
            "(select (connector, source_object) from governance.quarantine "
            "where reason_codes like '%.row.unparsable')"
        ],
    },
    "each_reason_is_explained": {
        "a reason loses its explanation": [
            "delete from governance.contract_rule "
            "where rule_id = (select min(reason_codes) from governance.quarantine)"
        ],
    },
    "each_record_is_one_person": {
        "a record is nobody": [
            "delete from canonical.person_xref where rowid = "
            "(select min(rowid) from canonical.person_xref)"
        ],
        "a record is two persons": [
            "insert into canonical.person_xref "
            "select * replace ((select max(person_id) from canonical.person) as person_id) "
            "from canonical.person_xref "
            "where person_id <> (select max(person_id) from canonical.person) limit 1"
        ],
        "a record is somebody unknown": [
            "update canonical.person_xref set person_id = 'per_none' where rowid = 0"
        ],
    },
    "the_disqualified_have_a_reason": {
        "a reason is lost": [
            "update canonical.lifecycle_current set disqualification_reason = null "
            "where stage = 'disqualified'"
        ],
    },
    "firms_own_each_other_in_no_circle": {
        "two firms own each other": [
            "update resolve.int_account__parents set problem = "
            "'account.parent_account_id.circular' where rowid = "
            "(select min(rowid) from resolve.int_account__parents)"
        ],
    },
    "a_merge_never_chains": {
        "a person is named by another's record": [
            "update resolve.int_person__members set person_id = 'per_none' "
            "where is_root and record_key = (select min(root_record_key) "
            "from resolve.int_person__members where not is_root)"
        ],
        "a root that is none": [
            "update resolve.int_person__members set is_root = false where record_key = "
            "(select min(record_key) from resolve.int_person__members where is_root)"
        ],
        "a merged record stays apart": [
            "update resolve.int_person__members set person_id = 'per_none', "
            "root_record_key = record_key, is_root = true where record_key in "
            "(select record_key from intake.int_person__checked "
            "where is_current and merged_into is not null)"
        ],
    },
    "consent_is_never_wider_than_its_ledger": {
        "a denial is overlooked": [
            "update canonical.consent_current set state = 'allowed' where state = 'denied'"
        ],
        "allowed without any grant": [
            "delete from canonical.consent_event where consent_event_id = "
            "(select min(decided_by_event_id) from canonical.consent_current "
            "where state = 'allowed')",
            "delete from canonical.consent_event where action in ('grant', 'confirm')",
        ],
        "a withdrawal at the same moment": [
            "insert into canonical.consent_event select * replace "
            "('con_new' as consent_event_id, 'withdraw' as action, '*' as purpose) "
            "from canonical.consent_event where consent_event_id = "
            "(select min(decided_by_event_id) from canonical.consent_current "
            "where state = 'allowed')"
        ],
        "a withdrawal by the person's other address, without a time": [
            "insert into canonical.consent_event select * replace "
            "('con_new' as consent_event_id, 'object' as action, 'other' as contact_point_hash, "
            "null as captured_at) "
            "from canonical.consent_event where person_id is not null and consent_event_id in "
            "(select decided_by_event_id from canonical.consent_current where state = 'allowed') "
            "limit 1"
        ],
        "a withdrawal by whoever shares the address": [
            "insert into canonical.consent_event select * replace "
            "('con_new' as consent_event_id, 'withdraw' as action, 'per_other' as person_id, "
            "timestamp '2026-06-30' as captured_at) "
            "from canonical.consent_event where consent_event_id = "
            "(select min(decided_by_event_id) from canonical.consent_current "
            "where state = 'allowed')"
        ],
        "a grant that has ended": [
            "update canonical.consent_event set effective_to = timestamp '2026-01-01' "
            "where action in ('grant', 'confirm')"
        ],
    },
    "nobody_is_activated_without_consent": {
        "consent is withdrawn meanwhile": [
            "update canonical.consent_current set state = 'denied' where state = 'allowed'"
        ],
        "mail to it bounced": ["update canonical.consent_current set is_bounced = true"],
        "nobody knows whose law holds": [
            "update canonical.consent_current set jurisdiction = null"
        ],
        "nothing was ever stated": ["delete from canonical.consent_current"],
        "the person is gone": ["update canonical.person set status = 'deleted'"],
        "a segment is used for what nobody agreed to": [
            "update marts.segment_audience set purpose = 'newsletter'"
        ],
        "a task says otherwise": ["update marts.task_outbox set consent_state = 'granted'"],
        "a message says otherwise": [
            "update marts.notification_outbox set consent_state = 'nobody' "
            "where person_id is not null"
        ],
        "a write-back says otherwise": [
            "update marts.crm_writeback_outbox set consent_state = 'granted'"
        ],
        "who is measured refuses it": [
            "update canonical.consent_current set purpose = '*', channel = 'web', "
            "state = 'denied' where person_id in (select person_id from marts.conversion_path)"
        ],
    },
    "lifecycle_history_is_contiguous": {
        "a number is left out": [
            "update canonical.lifecycle_history set seq = seq + 1 where seq > 1"
        ],
        "a stay vanishes": ["delete from canonical.lifecycle_history where seq = 2"],
        "a stay ends early": [
            "update canonical.lifecycle_history set exited_at = exited_at - interval 1 hour "
            "where exited_at is not null"
        ],
        "the last stay is closed": [
            "update canonical.lifecycle_history set exited_at = timestamp '2026-06-30' "
            "where exited_at is null"
        ],
        "it comes from elsewhere": [
            "update canonical.lifecycle_history set from_stage = 'other' where seq = 2"
        ],
        "current says otherwise": [
            "update canonical.lifecycle_current set stage = 'customer' where stage <> 'customer'"
        ],
        "current without a history": [
            "insert into canonical.lifecycle_current select * replace ('per_new' as subject_id) "
            "from canonical.lifecycle_current limit 1"
        ],
        "no current for a history": ["delete from canonical.lifecycle_current where rowid = 0"],
        "a stage that nobody approved": [
            "update canonical.lifecycle_history set to_stage = 'vip' where seq = 1"
        ],
        "a stage whose rank nobody approved": [
            "update canonical.lifecycle_history set stage_rank = 99 where seq = 1"
        ],
    },
    "won_deals_are_closed": {
        "won, but open": ["update canonical.opportunity set is_closed = false where is_won"],
        "won, but when": ["update canonical.opportunity set closed_at = null where is_won"],
        "a value without a currency": ["update canonical.opportunity set currency = null"],
    },
    "no_direct_identifier_outside_the_vault": {
        "an address of the vault": [
            "update canonical.person set job_title = "
            "(select min(email) from vault.person_pii) where rowid = 0"
        ],
        "within JSON": [
            'update canonical.event set properties = \'{"to":"ann@acme.com"}\' where rowid = 0'
        ],
        "encoded in a page's address": [
            "update canonical.event set page_location = 'https://x.example/?e=ann%40acme.com' "
            "where rowid = 0"
        ],
        "as the id of a record": [
            "update canonical.person_xref set source_record_id = 'ann@acme.com' where rowid = 0"
        ],
        "in a message": [
            "update governance.quarantine set message = 'no row for ann@acme.com' where rowid = 0"
        ],
    },
    "policies_do_not_overlap": {
        "two rows of one rule in force": [
            "insert into policy.policy_event_name select * replace "
            "(date '2025-01-01' as valid_from) from policy.policy_event_name limit 1"
        ],
        "the last of the list": [
            "insert into policy.policy_survivorship select * replace "
            "(date '2025-01-01' as valid_from) from policy.policy_survivorship limit 1"
        ],
    },
    "each_policy_row_is_approved": {
        "nobody approved": [
            "update policy.policy_event_name set approved_by = ' ' where rowid = 0"
        ],
        "no reason": ["update policy.policy_survivorship set reason = null where rowid = 0"],
        "it ends before it begins": [
            "update policy.policy_channel_group set valid_to = valid_from where rowid = 0"
        ],
    },
}

# What breaks each row rule, as the assignment of one update. "where" narrows it to fitting rows.
RULES: dict[str, dict[str, str]] = {
    "row_rules_person": {
        "has_email_says_what_the_key_says": "has_email = not has_email",
        "has_phone_says_what_the_key_says": "has_phone = not has_phone",
        "a_person_has_a_record": "record_count = 0",
        "keys_are_keyed_hashes": "full_name_key = 'ann lee'",
    },
    "row_rules_account": {
        "unknown_size_is_null_not_zero": "employee_count = 0",
        "no_firm_is_its_own_parent": "parent_account_id = account_id",
        "domain_is_a_host": "domain_primary = 'ann@acme.com'",
    },
    "row_rules_account_domain": {
        "an_ambiguous_domain_has_no_owner": "is_ambiguous = true where account_id is not null",
        "no_ownership_ends_before_it_begins": (
            "valid_to = valid_from - interval 1 day where valid_from is not null"
        ),
    },
    "row_rules_person_account": {
        "no_relation_ends_before_it_begins": "valid_to = valid_from - interval 1 day",
    },
    "row_rules_source": {
        "a_source_says_something": "source = null, medium = null, campaign = null",
        "words_are_lower_case": "source = 'Google'",
        "words_have_no_encoded_spaces": "campaign = 'spring%20sale'",
    },
    "row_rules_consent_event": {
        "a_grant_proves_its_time": "captured_at = null where action = 'grant'",
        "a_denial_counts_from_some_moment": "action = 'deny', counts_from = null",
        "no_grant_counts_early": (
            "counts_from = captured_at - interval 1 day where action = 'grant'"
        ),
    },
    "row_rules_consent_current": {
        "allowed_needs_a_grant_or_an_opt_out_regime": (
            "last_grant_at = null where state = 'allowed' and regime = 'opt_in'"
        ),
        "allowed_is_newer_than_any_denial": (
            "last_denial_at = last_grant_at where state = 'allowed'"
        ),
        "denied_needs_a_denial": "last_denial_at = null where state = 'denied'",
        "a_yes_or_no_names_its_statement": "decided_by_event_id = null where state = 'denied'",
    },
    "row_rules_opportunity": {
        "only_closed_deals_have_a_close": "is_closed = false, closed_at = timestamp '2026-06-30'",
        "reopenings_are_counted_from_zero": "reopened_count = -1",
    },
    "row_rules_opportunity_history": {
        "a_state_ends_after_it_begins": "valid_to = valid_from",
        "won_deals_are_closed": "is_won = true where not is_closed",
        "only_closed_deals_have_a_close": "closed_at = valid_from where not is_closed",
    },
    "row_rules_person_pii": {
        "an_address_has_one_at": "email = 'ann@@acme.com'",
        "a_number_has_digits": "phone = '123'",
        "the_key_stands_beside_the_address": "email_key = null where email is not null",
    },
    "row_rules_reconciliation": {
        "counts_are_not_negative": "accepted = -1",
        "the_difference_is_what_is_missing": "difference = 7",
    },
    "row_rules_quarantine": {
        "a_held_row_says_why": "reason_codes = ''",
        "a_held_row_says_what_to_do": "next_step = ''",
        "reasons_are_of_the_entity": "reason_codes = 'planet.row.empty'",
    },
}
