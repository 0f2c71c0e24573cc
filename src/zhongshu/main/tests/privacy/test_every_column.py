"""Every column that can hold words is somebody's data under a holding, or says why it is not.

A new column fails here until it stands in one of the two lists. Plain ids of accounts are not listed: emptied accounts
have nothing behind them. What officials write in office is a record of the office (Archives Law, art. 2), whoever it
names; it is kept and destroyed with that.
"""

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Field, JSONField, Model, TextField

from zhongshu.registers.privacy import doors

PERSONAL: dict[str, dict[str, str]] = {
    "account": {"people_account": "login name phone password", "people_person": "name phone id_sealed id_kind level"},
    "sign_ins": {"journal_entry": "body"},
    "requests": {"privacy_request": "wanted answer"},
    "consents": {"privacy_consent": "notice where"},
    "means": {
        "identity_authenticator": "name secret",
        "identity_consent": "scopes",
        "identity_device": "agent network",
        "identity_link": "subject",
        "identity_passkey": "name",
        "identity_permit": "challenge nonce redirect scopes",
        "identity_session": "address agent method",
        "identity_subject": "name sector",
        "identity_visit": "sid subject",
    },
    "looks": {"people_look": "purpose what words"},
    "acting": {
        "people_firm_role": "end_reason matters role",
        "people_mandate": "ground how kind matters reason",
    },
    "contacts": {
        "cases_contact": "name phone text",
        "cases_case": "data",
        "cases_urge": "reason",
        "cases_supplement": "answers",
    },
    "drafts": {"documents_document": "name"},
    "forms": {"intake_draft": "sealed step", "intake_aside": "sealed"},
    "messages": {"messages_message": "phone facts problem"},
    "ratings": {"ratings_rating": "text"},
}
"""Code of the holding → table → its columns that hold somebody's data."""

CODE, OFFICE, SEALED, PLACE = (
    "codes and states",
    "written in office",
    "keys, marks and hashes",
    "places, things and systems",
)
WHY_NOT: dict[str, dict[str, str]] = {
    CODE: {
        "approvals_proposal": "kind subject outcome",
        "calendar_edition": "by",
        "cases_attachment": "field",
        "cases_call": "",
        "cases_case": "number scenario category title phase source marking awaits",
        "cases_contact": "key source",
        "cases_handed_row": "outcome sentence gaps",
        "cases_link": "kind",
        "cases_merge": "phase timers",
        "cases_migrated": "outcome sentence gaps before",
        "cases_migration": "scenario state shapes choices",
        "cases_signal": "category effect",
        "cases_supplement": "ending",
        "cases_task": "element phase role ending",
        "cases_timer": "element",
        "catalogue_category": "code name name_en kind scenario",
        "dispatch_responsibility": "category",
        "dispatch_seen": "key answer",
        "dispatch_shift": "skills",
        "documents_document": "media",
        "figures_counter": "measure category",
        "figures_spread": "measure category",
        "http_tally": "door",
        "intake_draft": "address category element scenario",
        "journal_checkpoint": "note origin",
        "journal_cursor": "reader",
        "journal_entry": "kind subject verb actor behalf",
        "journal_setback": "reader",
        "journal_subject": "kind id",
        "identity_device_code": "network",
        "identity_pass": "kind",
        "letters_letter": "called called_en name number series",
        "letters_sequence": "series",
        "messages_message": "key template",
        "people_account": "kind",
        "people_body": "kind",
        "people_cell_officer": "cell",
        "people_grant": "role",
        "people_api_key": "networks scopes",
        "people_import": "digest kind",
        "people_import_row": "gaps outcome proposing sentence",
        "people_person_merge": "moved",
        "privacy_notice": "code",
        "privacy_remains": "keys",
        "privacy_request": "kind outcome",
        "privacy_retention": "kind upto_key",
        "ratings_rating": "reasons",
        "studio_draft": "code origin outcome",
        "studio_revision": "digest files changed",
        "studio_text": "digest",
        "studio_trial": "town",
    },
    OFFICE: {
        "approvals_proposal": "body reason answer",
        "calendar_day": "name name_en source",
        "calendar_edition": "what",
        "cases_call": "note",
        "cases_deputy": "reason",
        "cases_handover": "reason",
        "cases_link": "note",
        "cases_merge": "reason",
        "cases_pause": "reason",
        "cases_scenario": "code digest files",
        "cases_signature": "question reply",
        "cases_supplement": "items law",
        "cases_task": "outcome",
        "dispatch_version": "changes trial reason answer",
        "intake_draft": "title title_en",
        "journal_setback": "problem",
        "people_body": "name name_en",
        "people_grant": "purpose",
        "people_import_row": "cells",
        "people_person_merge": "reason undone_reason",
        "privacy_certificate": "said",
        "privacy_hold": "reason",
        "privacy_notice": "text text_en",
        "studio_draft": "name origin_name",
        "studio_text": "text",
        "studio_trial": "title plain",
    },
    SEALED: {
        "http_tally": "who",
        "identity_signing_key": "algorithm id public sealed",
        "people_api_key": "name",
        "privacy_certificate": "signature",
        "privacy_parcel": "key",
    },
    PLACE: {
        "cases_case": "address",
        "cases_device": "device",
        "cases_signal": "device",
        "identity_client": "algorithm back_channel id leaves name name_en redirects scopes sector",
        "identity_source": ("claims client id issuer kind name name_en opens scopes secret_sealed trusted"),
        "people_firm": "name uscc",
        "places_cell": "code name name_en polygon",
        "places_component": "code name name_en status",
        "places_kind": "code major major_en minor minor_en",
        "places_past": "code name name_en outline",
        "places_region": "code name name_en boundary",
        "places_road": "name name_en",
    },
}
"""Why it is nobody's data → table → columns."""


def holds_words(field: Field) -> bool:
    base = field.base_field if isinstance(field, ArrayField) else field
    return isinstance(base, TextField | CharField | JSONField)


def words(model: type[Model]) -> set[str]:
    named = model._meta.db_table
    return {f"{named}.{field.column}" for field in model._meta.local_concrete_fields if holds_words(field)}


def listed(groups: dict[str, dict[str, str]]) -> list[str]:
    return [
        f"{table}.{column}" for group in groups.values() for table, said in group.items() for column in said.split()
    ]


THERE = {c for model in apps.get_models() if model.__module__.startswith("zhongshu.") for c in words(model)}


def test_every_column_with_words_is_in_a_holding_or_says_why_not() -> None:
    assert THERE - {*listed(PERSONAL), *listed(WHY_NOT)} == set()


def test_no_column_is_listed_twice_or_gone() -> None:
    every = [*listed(PERSONAL), *listed(WHY_NOT)]
    assert sorted(every) == sorted(set(every)) and set(every) <= THERE


def test_every_holding_named_here_is_plugged_in() -> None:
    assert PERSONAL.keys() <= doors.holdings.keys()


def test_the_reader_of_columns_sees_words_in_lists_and_json() -> None:
    assert {"cases_case.data", "cases_case.awaits", "ratings_rating.reasons"} <= THERE
    assert "cases_task.assignee" not in THERE and "people_body.lineage" not in THERE
