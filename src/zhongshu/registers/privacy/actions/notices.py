"""New versions of notices (two people), and consents."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from zhongshu.base.approvals import actions as approvals
from zhongshu.base.approvals.models import Proposal
from zhongshu.base.http.refusals import Absent, Conflict, Invalid
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.privacy.models import Consent, Notice
from zhongshu.registers.privacy.queries import notices as queries
from zhongshu.registers.privacy.rules import notices as rules

KIND = "privacy.notices"
SHORTEST, LONGEST = 20, 5_000


def propose(code: str, text: str, text_en: str, reason: str, *, by: Actor, at: datetime) -> Proposal:
    """Ask for a new version of a notice, in both languages; it is in force once another person has approved it."""
    if code not in rules.PURPOSES:
        raise Absent("没有这个告知书。")
    for field, said in (("text", text), ("text_en", text_en)):
        if not SHORTEST <= len(said.strip()) <= LONGEST:
            raise Invalid("告知书的中英文都须写全（{least} 至 {most} 字）。", field=field, least=SHORTEST, most=LONGEST)
    body = {"version": queries.newest(code) + 1, "text": text.strip(), "text_en": text_en.strip()}
    return approvals.propose(KIND, code, body, reason, (), by=by, at=at)


def apply(subject: str, body: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """The approved version is in force from now on."""
    if body["version"] != queries.newest(subject) + 1:
        raise Conflict("这个告知书已有更新的版本，请重新提出修改。")
    Notice.objects.create(
        code=subject, version=body["version"], text=body["text"], text_en=body["text_en"], effective=at, approved=at,
        approved_by=by.id,
    )  # fmt: skip


@transaction.atomic
def give(code: str, version: int, where: str, *, by: Actor, at: datetime) -> Consent:
    """Agree to a notice in the version that was shown; a Conflict when that is no longer the one in force.

    A second time changes nothing. An earlier version agreed to is replaced.
    """
    if code not in rules.PURPOSES or not rules.PURPOSES[code].consent:
        raise Absent("没有这个告知书。")
    if queries.current(code, at).version != version:
        raise Conflict("告知书刚刚更新了，请阅读新的内容后再选择。")
    made, new = Consent.objects.get_or_create(
        account=by.id, notice=code, version=version, withdrawn=None, defaults={"given": at, "where": where}
    )
    if new:
        Consent.objects.filter(account=by.id, notice=code, version__lt=version, withdrawn=None).update(withdrawn=at)
        _record(made, "privacy.consent_given", by, at)
    return made


@transaction.atomic
def withdraw(consent: UUID, *, by: Actor, at: datetime) -> None:
    """Take one's consent back (Personal Information Protection Law, art. 15); what was done before stays right."""
    held = Consent.objects.select_for_update().filter(pk=consent, account=by.id, withdrawn=None).first()
    if held is None:
        raise Absent("没有找到这个同意，它可能已经撤回。")
    Consent.objects.filter(pk=consent).update(withdrawn=at)
    _record(held, "privacy.consent_withdrawn", by, at)


def _record(held: Consent, verb: str, by: Actor, at: datetime) -> None:
    journal.record(
        subject=("consent", str(held.account)), verb=verb, by=by, at=at,
        body={"notice": held.notice, "version": held.version},
    )  # fmt: skip
