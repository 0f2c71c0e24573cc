"""Firms: registering one, confirming who represents it, appointing and ending agents."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from zhongshu.base.http import limits
from zhongshu.base.http.limits import Limit
from zhongshu.base.http.refusals import Absent, Conflict, Forbidden, Invalid
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.people import doors, rules
from zhongshu.registers.people.actions import looks
from zhongshu.registers.people.actions.mandates import for_firms
from zhongshu.registers.people.models import Firm, FirmRole, Person
from zhongshu.registers.people.queries import firms as queries
from zhongshu.registers.people.queries import persons
from zhongshu.registers.people.queries.looks import VERIFY
from zhongshu.registers.people.rules import firms as roles
from zhongshu.registers.people.rules import numbers
from zhongshu.registers.people.rules.persons import UNVERIFIED, Answer, Seen, words

REGISTRATIONS = Limit("people.firm_registered", 10, 86_400)
APPOINTMENTS = Limit("people.agent_appointed", 20, 86_400)


def register_firm(uscc: str, name: str, *, by: Actor, at: datetime) -> FirmRole:
    """Say that one represents a firm. In force at once when the register of firms says so, else once a clerk confirms.

    For persons whose name is verified. Invalid when the register knows it otherwise. The register is asked before the
    transaction begins.
    """
    person = _verified(by)
    code, called = numbers.uscc(uscc), rules.name(name)
    limits.take(REGISTRATIONS, str(person.pk), at)
    asked = doors.registers.firms
    answer = asked.check(code, called, person.name) if asked else Answer.UNREACHABLE
    if answer is Answer.NO_MATCH:
        raise Invalid("登记机关的记录与所填不符：请核对代码、名称，并由法定代表人本人登记。", field="uscc")
    with transaction.atomic():
        firm, new = Firm.objects.select_for_update().get_or_create(uscc=code, defaults={"name": called, "opened": at})
        if FirmRole.objects.filter(firm=firm, person=person, role=roles.REPRESENTATIVE, ended=None).exists():
            raise Conflict("您已登记为这家企业的法定代表人。", field="uscc")
        role = FirmRole.objects.create(
            firm=firm, person=person, role=roles.REPRESENTATIVE, starts=at, appointed_by=by.id
        )
        _record(role, "people.firm_registered", {"fits": numbers.uscc_fits(code), "new": new}, by, at)
        if answer is Answer.MATCH:
            _confirm(role, called, {"how": "register"}, by, at)
    return role


def confirm_representative(role: UUID, name: str, seen: str, *, by: Actor, at: datetime) -> FirmRole:
    """A clerk has seen the licence of the firm, `name` as it stands there, and that this person represents it."""
    looks.require(VERIFY, by=by, at=at)
    found = FirmRole.objects.filter(pk=role, role=roles.REPRESENTATIVE).select_related("firm").first()
    if found is None:
        raise Absent("没有找到这条登记。")
    looks.admitted(found.person_id, by=by, at=at)
    if seen not in (Seen.ORIGINAL, Seen.ELECTRONIC):
        raise Invalid("请选择核对了哪一种证件。", field="seen")
    called = rules.name(name)
    with transaction.atomic():
        Firm.objects.select_for_update().get(pk=found.firm_id)
        held = FirmRole.objects.select_for_update().select_related("firm").get(pk=role)
        if held.ended is not None or held.confirmed is not None:
            raise Conflict("这条登记已经办结，您的页面不是最新的。")
        _confirm(held, called, {"how": "in_person", "seen": seen}, by, at)
    return held


def appoint_agent(
    firm: UUID, name: str, phone: str, matters: Iterable[str], starts: datetime, ends: datetime,
    *, by: Actor, at: datetime,
) -> FirmRole:  # fmt: skip
    """The legal representative lets somebody act for the firm, in some matters and for a time.

    Who is meant is a person with a verified name, by their whole name and phone number; whether there is one with
    another name on that number is not told. An agent appoints nobody.
    """
    person = _representing(firm, by, at)
    given = roles.matters(matters)
    starts, ends = roles.period(starts, ends, at)
    said, line = rules.name(name), rules.phone(phone)
    limits.take(APPOINTMENTS, str(person.pk), at)
    fit = [one for one in persons.by_phone(said, line) if one.level != UNVERIFIED and one.pk != person.pk]
    if len(fit) != 1:
        raise Invalid("没有找到这位已实名的人员：请核对姓名和手机号，或请对方先完成身份核验。", field="phone")
    with transaction.atomic():
        role = FirmRole.objects.create(
            firm_id=firm, person=fit[0], role=roles.AGENT, matters=given, starts=starts, ends=ends, confirmed=at,
            appointed_by=by.id,
        )  # fmt: skip
        body = {"matters": given, "starts": starts.isoformat(), "ends": ends.isoformat()}
        _record(role, "people.agent_appointed", body, by, at)
        for_firms.begin(role, by=by, at=at)
    return role


@transaction.atomic
def end_role(role: UUID, reason: str, *, by: Actor, at: datetime) -> FirmRole:
    """End an agent's role, by the firm's legal representative; or lay one's own down. It ends at once."""
    own = persons.of_account(by.id)
    held = FirmRole.objects.select_for_update().select_related("firm").filter(pk=role).first()
    if own is None or held is None or not _may_end(held, own, at):
        raise Absent("没有找到这条登记。")
    if held.ended is not None:
        raise Conflict("这条登记已经结束，您的页面不是最新的。")
    _end(held, words(reason), by, at)
    return held


def _verified(by: Actor) -> Person:
    person = persons.of_account(by.id)
    if person is None or person.level == UNVERIFIED:
        raise Forbidden("请先核验本人身份，再登记企业。")
    return person


def _representing(firm: UUID, by: Actor, at: datetime) -> Person:
    person = persons.of_account(by.id)
    if person is None or queries.of_person(firm, person.pk) is None:
        raise Absent("没有找到这家企业。")
    if not queries.represents(person, firm, at):
        raise Forbidden("只有已确认的法定代表人可以委托经办人，经办人不能再委托他人。")
    return person


def _may_end(held: FirmRole, own: Person, at: datetime) -> bool:
    if held.person_id == own.pk:
        return True
    return held.role == roles.AGENT and queries.represents(own, held.firm_id, at)


def _confirm(role: FirmRole, name: str, how: dict[str, Any], by: Actor, at: datetime) -> None:
    """The role is true from now on; who represented the firm before does so no more."""
    before = FirmRole.objects.filter(firm=role.firm_id, role=roles.REPRESENTATIVE, ended=None, confirmed__isnull=False)
    for former in before.exclude(pk=role.pk):
        _end(former, "法定代表人变更", by, at)
    Firm.objects.filter(pk=role.firm_id).update(name=name)
    role.firm.name, role.confirmed = name, at
    role.save(update_fields=["confirmed"])
    _record(role, "people.representative_confirmed", how, by, at)
    for_firms.begin(role, by=by, at=at)


def _end(held: FirmRole, reason: str, by: Actor, at: datetime) -> None:
    held.ended, held.ended_by, held.end_reason = at, UUID(by.id), reason
    held.save(update_fields=["ended", "ended_by", "end_reason"])
    _record(held, "people.firm_role_ended", {"reason": reason}, by, at)
    for_firms.end(held, reason, by=by, at=at)


def _record(role: FirmRole, verb: str, body: dict[str, Any], by: Actor, at: datetime) -> None:
    about = {"role": role.role, "person": str(role.person_id), "id": str(role.pk)}
    journal.record(subject=("firm", str(role.firm_id)), verb=verb, by=by, at=at, body={**about, **body})
