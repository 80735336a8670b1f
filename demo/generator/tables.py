"""Raw export objects as they are collected, before anything is written.

Rows are kept as marked text (see ``tokens``). A ``RawLine`` is a line that no parser can read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class RawLine:
    """A line of a file exactly as it stands there, without its line end."""

    text: str


@dataclass
class Table:
    """One raw object of one connector.

    ``columns`` is the header in its order; ``rows`` holds dicts (or ``RawLine``). ``shared`` rows
    (owners, stages, lists) belong to no copy in particular and are written once.
    """

    connector: str
    name: str
    columns: tuple[str, ...]
    shared: bool = False
    rows: list[dict[str, str] | RawLine] = field(default_factory=list)
    tail: str = ""

    def add(self, values: Mapping[str, str] | None = None, **more: str) -> dict[str, str]:
        """Append one row; unknown columns are an error, absent ones are blank."""
        row = {**(values or {}), **more}
        unknown = set(row) - set(self.columns)
        if unknown:
            raise KeyError(f"{self.connector}.{self.name} has no column {sorted(unknown)}")
        self.rows.append(row)
        return row


@dataclass
class Expectation:
    """One line of ``truth/expected.csv``."""

    edge_case: str
    check: str
    subject: dict[str, Any]
    expected: dict[str, Any]
    why: str


@dataclass
class PersonRecord:
    """One raw person record with the truth behind it.

    ``identifiers`` are the deterministic identifiers this record shares with the others of the
    same person: normalised e-mails that are nobody else's, the login id, and merge ids.
    """

    source_system: str
    source_object: str
    source_record_id: str
    person_key: str
    account_key: str
    identifiers: tuple[str, ...]


@dataclass
class AccountRecord:
    """One raw account record with the true firm behind it."""

    source_system: str
    source_object: str
    source_record_id: str
    account_key: str


CHECKS = (
    "disposition", "same_person", "different_persons", "not_merged_account", "same_account",
    "event_person", "consent_state", "stage", "field_value", "row_count",
)


_HUBSPOT: dict[str, tuple[str, ...]] = {
    "contact": (
        "id", "_fivetran_deleted", "_fivetran_synced", "property_email",
        "property_hs_additional_emails", "property_firstname", "property_lastname",
        "property_phone", "property_jobtitle", "property_company",
        "property_associatedcompanyid", "property_address", "property_city", "property_state",
        "property_zip", "property_country", "property_hubspot_owner_id",
        "property_lifecyclestage", "property_hs_lead_status", "property_hs_analytics_source",
        "property_hs_analytics_source_data_1", "property_hs_analytics_source_data_2",
        "property_hs_email_optout", "property_hs_legal_basis", "property_user_id",
        "property_createdate", "property_lastmodifieddate", "property_hs_merged_object_ids",
    ),
    "company": (
        "id", "is_deleted", "_fivetran_synced", "property_name", "property_domain",
        "property_industry", "property_numberofemployees", "property_annualrevenue",
        "property_city", "property_state", "property_zip", "property_country",
        "property_hubspot_owner_id", "property_lifecyclestage",
        "property_hs_parent_company_id", "property_createdate",
        "property_hs_lastmodifieddate", "property_hs_merged_object_ids",
    ),
    "deal": (
        "deal_id", "is_deleted", "_fivetran_synced", "portal_id", "deal_pipeline_id",
        "deal_pipeline_stage_id", "owner_id", "property_dealname", "property_amount",
        "property_deal_currency_code", "property_dealtype", "property_createdate",
        "property_closedate", "property_hs_deal_stage_probability",
        "property_hs_lastmodifieddate", "property_hs_campaign",
        "property_hs_primary_associated_company", "property_closed_lost_reason",
    ),
    "deal_contact": ("deal_id", "contact_id", "type_id", "category", "_fivetran_synced"),
    "deal_company": ("deal_id", "company_id", "type_id", "category", "_fivetran_synced"),
    "deal_pipeline_stage": (
        "stage_id", "pipeline_id", "label", "display_order", "probability", "is_closed",
        "closed_won", "active", "created_at", "updated_at", "_fivetran_deleted",
        "_fivetran_synced",
    ),
    "contact_property_history": (
        "contact_id", "name", "timestamp", "value", "source", "source_id", "_fivetran_synced",
    ),
    "contact_merge_audit": (
        "canonical_vid", "contact_id", "vid_to_merge", "entity_id", "first_name", "last_name",
        "num_properties_moved", "timestamp", "user_id", "_fivetran_synced",
    ),
    "owner": (
        "owner_id", "portal_id", "type", "email", "first_name", "last_name", "active_user_id",
        "created_at", "updated_at", "_fivetran_synced",
    ),
    "engagement": ("id", "type", "portal_id", "_fivetran_synced"),
    "engagement_call": (
        "engagement_id", "type", "property_hs_timestamp", "property_hs_createdate",
        "property_hs_lastmodifieddate", "property_hubspot_owner_id",
        "property_hs_call_direction", "property_hs_call_disposition",
        "property_hs_call_status", "property_hs_call_duration", "property_hs_call_title",
        "_fivetran_deleted", "_fivetran_synced",
    ),
    "engagement_email": (
        "engagement_id", "type", "property_hs_timestamp", "property_hs_createdate",
        "property_hs_lastmodifieddate", "property_hubspot_owner_id",
        "property_hs_email_direction", "property_hs_email_status",
        "property_hs_email_subject", "property_hs_sequence_id", "_fivetran_deleted",
        "_fivetran_synced",
    ),
    "engagement_meeting": (
        "engagement_id", "type", "property_hs_timestamp", "property_hs_createdate",
        "property_hs_lastmodifieddate", "property_hubspot_owner_id",
        "property_hs_meeting_title", "property_hs_meeting_start_time",
        "property_hs_meeting_end_time", "property_hs_meeting_outcome", "_fivetran_deleted",
        "_fivetran_synced",
    ),
    "engagement_note": (
        "engagement_id", "type", "property_hs_timestamp", "property_hs_createdate",
        "property_hs_lastmodifieddate", "property_hubspot_owner_id",
        "property_hs_note_body", "_fivetran_deleted", "_fivetran_synced",
    ),
    "engagement_task": (
        "engagement_id", "type", "property_hs_timestamp", "property_hs_createdate",
        "property_hs_lastmodifieddate", "property_hubspot_owner_id",
        "property_hs_task_subject", "property_hs_task_status", "_fivetran_deleted",
        "_fivetran_synced",
    ),
    "engagement_contact": (
        "engagement_id", "contact_id", "engagement_type", "type_id", "category",
        "_fivetran_synced",
    ),
    "engagement_company": (
        "engagement_id", "company_id", "engagement_type", "type_id", "category",
        "_fivetran_synced",
    ),
    "engagement_deal": (
        "engagement_id", "deal_id", "engagement_type", "type_id", "category",
        "_fivetran_synced",
    ),
    "contact_form_submission": (
        "contact_id", "form_id", "conversion_id", "timestamp", "page_id", "page_url",
        "portal_id", "title", "_fivetran_synced",
    ),
}

_MAILCHIMP: dict[str, tuple[str, ...]] = {
    "list": (
        "id", "name", "date_created", "default_from_name", "default_from_email",
        "default_language", "permission_reminder", "visibility", "_fivetran_deleted",
        "_fivetran_synced",
    ),
    "member": (
        "id", "list_id", "email_address", "unique_email_id", "status", "email_type",
        "merge_fname", "merge_lname", "merge_company", "language", "country_code", "timezone",
        "ip_signup", "timestamp_signup", "ip_opt", "timestamp_opt", "member_rating", "vip",
        "last_changed", "_fivetran_synced",
    ),
    "campaign": (
        "id", "list_id", "type", "status", "title", "subject_line", "from_name", "reply_to",
        "create_time", "send_time", "archive_url", "_fivetran_deleted", "_fivetran_synced",
    ),
    "campaign_recipient": (
        "campaign_id", "member_id", "list_id", "combination_id", "_fivetran_synced",
    ),
    "campaign_recipient_activity": (
        "action", "campaign_id", "member_id", "list_id", "timestamp", "url", "ip",
        "bounce_type", "combination_id", "_fivetran_synced",
    ),
    "unsubscribe": (
        "campaign_id", "member_id", "list_id", "timestamp", "reason", "_fivetran_synced",
    ),
}

_PROVENANCE = ("source_system", "source_record_id", "updated_at", "is_deleted")
_GENERIC: dict[str, tuple[str, ...]] = {
    "person": (
        *_PROVENANCE, "email", "additional_emails", "phone", "first_name", "last_name",
        "job_title", "company_name", "company_domain", "company_record_id", "city", "country",
        "user_id", "created_at", "merged_into",
    ),
    "account": (
        *_PROVENANCE, "name", "domain", "industry", "employees", "annual_revenue", "currency",
        "city", "country", "parent_record_id", "created_at",
    ),
    "opportunity": (
        *_PROVENANCE, "account_record_id", "person_record_id", "owner_record_id", "pipeline",
        "stage", "stage_rank", "amount", "currency", "probability", "type", "created_at",
        "expected_close_date", "closed_at", "is_closed", "is_won",
    ),
    "activity": (
        *_PROVENANCE, "activity_type", "direction", "outcome", "is_automated", "occurred_at",
        "person_record_id", "account_record_id", "owner_record_id",
    ),
    "event": (
        *_PROVENANCE, "event_name", "event_at", "received_at", "anonymous_id",
        "user_id", "person_record_id", "email", "page_location", "properties",
    ),
    "consent": (
        *_PROVENANCE, "contact_point_type", "contact_point", "person_record_id", "purpose",
        "channel", "action", "lawful_basis", "jurisdiction", "captured_at", "effective_from",
        "effective_to", "double_opt_in_at", "method", "evidence_ref", "policy_version",
        "actor",
    ),
    "lifecycle_change": (
        *_PROVENANCE, "subject_type", "subject_record_id", "to_stage", "changed_at",
        "asserted_by",
    ),
    "campaign_cost": (
        *_PROVENANCE, "spent_on", "source", "medium", "campaign", "cost", "currency",
        "impressions", "clicks",
    ),
}

SHARED = {("hubspot", "owner"), ("hubspot", "deal_pipeline_stage"), ("mailchimp", "list"),
          ("mailchimp", "campaign"), ("generic", "campaign_cost")}


class Exports:
    """All raw objects, the truth about them, and what is expected of a build on them."""

    def __init__(self) -> None:
        self.tables: dict[tuple[str, str], Table] = {}
        for connector, objects in (
            ("hubspot", _HUBSPOT), ("mailchimp", _MAILCHIMP), ("generic", _GENERIC),
        ):
            for name, columns in objects.items():
                key = (connector, name)
                self.tables[key] = Table(connector, name, columns, key in SHARED)
        self.events: list[dict[str, Any] | RawLine] = []
        self.expectations: list[Expectation] = []
        self.person_records: list[PersonRecord] = []
        self.account_records: list[AccountRecord] = []

    def hubspot(self, name: str) -> Table:
        """One HubSpot object."""
        return self.tables["hubspot", name]

    def mailchimp(self, name: str) -> Table:
        """One Mailchimp object."""
        return self.tables["mailchimp", name]

    def generic(self, name: str) -> Table:
        """One object of the generic connector."""
        return self.tables["generic", name]

    def expect(
        self, edge_case: str, check: str, subject: dict[str, Any], expected: dict[str, Any],
        why: str,
    ) -> None:
        """Note what must come out; ``check`` is one of ``CHECKS``."""
        if check not in CHECKS:
            raise ValueError(f"unknown check {check}")
        self.expectations.append(Expectation(edge_case, check, subject, expected, why))
