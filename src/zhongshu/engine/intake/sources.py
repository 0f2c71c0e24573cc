"""What the registers of people and firms know already, as sources of answers (`doors.Source`)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from zhongshu.base.http.refusals import Refusal
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.intake.doors import Party
from zhongshu.engine.intake.rules.offers import Offered
from zhongshu.registers.people.actions import looks
from zhongshu.registers.people.models import Firm, Look, Person
from zhongshu.registers.people.queries import persons
from zhongshu.registers.people.rules import mandates
from zhongshu.registers.people.rules import persons as rules

ONCE_IN = timedelta(minutes=30)
"""Whoever draws a page for another again so soon has not looked again."""
_WORDS = "代办时预填姓名和电话"


class OfPerson:
    """The record of a person: `name` and `phone`; `id_number` only to themselves, each time written down as a look.

    To who acts for them under a mandate, name and phone are shown as a look too; their number never is (`mandates`).
    """

    names: Mapping[str, str] = {"name": "本人姓名", "phone": "本人手机号", "id_number": "本人身份证号"}

    def offers(self, name: str, by: Actor, party: Party, at: datetime) -> Offered | None:
        found = persons.one(party.id) if party.kind == "person" else None
        value = self._value(name, found, by, party, at) if found else ""
        if not found or not value:
            return None
        if found.level == Person.Level.UNVERIFIED:
            return Offered(value, "来自您的账号", "From your account", found.opened)
        return Offered(value, "来自实名信息", "From your verified record", found.verified or found.opened)

    def _value(self, name: str, found: Person, by: Actor, party: Party, at: datetime) -> str:
        if name == "id_number":
            return _number(found, by, at) if party.own else ""
        value = {"name": found.name, "phone": found.phone}.get(name, "")
        if value and not party.own:
            _looked(found, by, at)
        return value


def _number(found: Person, by: Actor, at: datetime) -> str:
    """The number, once it is checked to be theirs; that it was shown is written down."""
    if found.level == Person.Level.UNVERIFIED or not found.id_sealed:
        return ""
    try:
        mandates.refuse(by, mandates.Act.SEE_IDENTITY)
        return looks.show_identity(found.pk, rules.Purpose.OWN.value, by=by, at=at).number
    except Refusal:
        return ""


@transaction.atomic
def _looked(found: Person, by: Actor, at: datetime) -> None:
    before = {"by": by.id, "what": rules.What.CONTACT.value, "words": _WORDS, "at__gt": at - ONCE_IN}
    if Look.objects.filter(person=found, **before).exists():
        return
    looks.note([(found.pk, None)], rules.What.CONTACT, rules.Purpose.SERVICE, _WORDS, by=by, at=at)
    journal.record(
        subject=("person", str(found.pk)), verb="intake.prefilled_for_another", by=by, at=at, body={"words": _WORDS}
    )


class OfFirm:
    """The register of firms, which anybody may read: `name` and `uscc`."""

    names: Mapping[str, str] = {"name": "企业名称", "uscc": "统一社会信用代码"}

    def offers(self, name: str, by: Actor, party: Party, at: datetime) -> Offered | None:
        found = Firm.objects.filter(pk=party.id, ended=None).first() if party.kind == "firm" else None
        value = {"name": found.name, "uscc": found.uscc}.get(name) if found else None
        if found is None or not value:
            return None
        return Offered(value, "来自企业登记信息", "From the register of firms", found.opened)
