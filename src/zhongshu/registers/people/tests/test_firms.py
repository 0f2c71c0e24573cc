"""Firms, who represents them, and whom those send."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from zhongshu.base.http.refusals import Absent, Conflict, Forbidden, Invalid
from zhongshu.base.journal import queries as journal
from zhongshu.registers.people import actions, doors
from zhongshu.registers.people.models import FirmRole, Mandate
from zhongshu.registers.people.queries import firms
from zhongshu.registers.people.rules import firms as rules
from zhongshu.registers.people.rules.persons import Answer
from zhongshu.registers.people.tests.folk import Folk, number

CODE = "91990101M000100Y4U"
YEAR = timedelta(days=365)


class Firms:
    """The register of firms: one firm, and who represents it."""

    def __init__(self, representative: str) -> None:
        self.representative = representative

    def check(self, uscc: str, name: str, representative: str) -> Answer:
        known = (uscc, representative) == (CODE, self.representative)
        return Answer.MATCH if known else Answer.NO_MATCH


@pytest.fixture
def boss(folk: Folk) -> Any:
    by = folk.resident("boss", "钱立", "13900000071")
    folk.verified(by, number(serial="011"))
    return by


@pytest.fixture
def worker(folk: Folk) -> Any:
    by = folk.resident("worker", "孙二", "13900000072")
    folk.verified(by, number(serial="012"))
    return by


def register(folk: Folk, by: Any) -> FirmRole:
    return actions.register_firm(CODE, "云汀示例商贸有限公司", by=by, at=folk.city.now)


def confirm(folk: Folk, role: FirmRole) -> FirmRole:
    return actions.confirm_representative(role.pk, "云汀示例商贸有限公司", "original", by=folk.clerk, at=folk.city.now)


def appoint(folk: Folk, firm: Any, by: Any, name: str = "孙二", phone: str = "13900000072") -> FirmRole:
    now = folk.city.now
    return actions.appoint_agent(firm, name, phone, ["11"], now, now + YEAR, by=by, at=now)


def roles(folk: Folk, by: Any) -> list[str]:
    return [held.role.role for held in firms.roles_of(folk.person(by).pk, folk.city.now)]


def test_who_says_they_represent_a_firm_does_so_once_a_clerk_has_seen_it(folk: Folk, boss: Any) -> None:
    role = register(folk, boss)
    assert role.confirmed is None and roles(folk, boss) == []
    confirm(folk, role)
    assert roles(folk, boss) == ["legal_representative"]
    verbs = [entry.verb for entry in journal.trace("firm", str(role.firm_id))]
    assert verbs == ["people.firm_registered", "people.representative_confirmed", "people.mandate_given"]
    with pytest.raises(Conflict, match="已经办结"):
        confirm(folk, role)
    with pytest.raises(Conflict, match="已登记"):
        register(folk, boss)


def test_the_register_of_firms_confirms_at_once_or_refuses(
    folk: Folk, boss: Any, worker: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doors.registers, "firms", Firms("钱立"))
    assert register(folk, boss).confirmed is not None
    with pytest.raises(Invalid, match="不符"):
        register(folk, worker)


def test_a_new_representative_takes_the_place_of_the_former(folk: Folk, boss: Any, worker: Any) -> None:
    confirm(folk, register(folk, boss))
    waiting = register(folk, worker)
    assert roles(folk, boss) == ["legal_representative"] and roles(folk, worker) == []
    confirm(folk, waiting)
    assert roles(folk, boss) == [] and roles(folk, worker) == ["legal_representative"]


def test_only_somebody_verified_registers_a_firm(folk: Folk) -> None:
    with pytest.raises(Forbidden, match="核验本人身份"):
        register(folk, folk.resident("zhao"))
    with pytest.raises(Forbidden):
        register(folk, folk.clerk)


def test_an_agent_is_sent_for_some_matters_and_a_time(folk: Folk, boss: Any, worker: Any) -> None:
    firm = confirm(folk, register(folk, boss)).firm_id
    appoint(folk, firm, boss)
    (held,) = firms.roles_of(folk.person(worker).pk, folk.city.now)
    assert (held.firm, held.name, held.role.matters) == (firm, "云汀示例商贸有限公司", ("11",))
    assert rules.covers(held.role, "1101", folk.city.now) and not rules.covers(held.role, "1201", folk.city.now)
    assert firms.roles_of(folk.person(worker).pk, folk.city.now + YEAR) == []


def test_an_agent_sends_nobody_and_a_stranger_sees_no_firm(folk: Folk, boss: Any, worker: Any) -> None:
    role = register(folk, boss)
    with pytest.raises(Forbidden, match="已确认"):
        appoint(folk, role.firm_id, boss)
    confirm(folk, role)
    with pytest.raises(Absent):
        appoint(folk, role.firm_id, worker, "钱立", "13900000071")
    appoint(folk, role.firm_id, boss)
    with pytest.raises(Forbidden, match="不能再委托"):
        appoint(folk, role.firm_id, worker, "钱立", "13900000071")


def test_who_is_unknown_unverified_or_oneself_answers_the_same(folk: Folk, boss: Any) -> None:
    firm = confirm(folk, register(folk, boss)).firm_id
    folk.resident("zhao", "赵小川", "13900000073")
    said = set()
    for name, phone in (("赵小川", "13900000073"), ("无此人", "13900000073"), ("钱立", "13900000071")):
        with pytest.raises(Invalid) as refusal:
            appoint(folk, firm, boss, name, phone)
        said.add(str(refusal.value))
    assert len(said) == 1


def test_an_agent_is_ended_at_once_by_the_representative_or_by_themselves(folk: Folk, boss: Any, worker: Any) -> None:
    firm, now = confirm(folk, register(folk, boss)).firm_id, folk.city.now
    for by in (boss, worker):
        role = appoint(folk, firm, boss)
        assert roles(folk, worker) == ["agent"]
        actions.end_role(role.pk, "已离职", by=by, at=now)
        assert roles(folk, worker) == []
    with pytest.raises(Conflict, match="已经结束"):
        actions.end_role(role.pk, "已离职", by=boss, at=now)
    own = FirmRole.objects.get(firm=firm, role="legal_representative")
    for stranger in (worker, folk.resident("zhao")):
        with pytest.raises(Absent):
            actions.end_role(own.pk, "夺权", by=stranger, at=now)


def test_the_database_keeps_the_limits_of_agents(folk: Folk, boss: Any, worker: Any) -> None:
    firm, now = confirm(folk, register(folk, boss)).firm_id, folk.city.now
    given = {"firm_id": firm, "person": folk.person(worker), "role": "agent", "starts": now, "confirmed": now}
    for wrong in (
        {"matters": [], "ends": now + YEAR},
        {"matters": ["11"]},
        {"matters": ["11"], "ends": now + 4 * YEAR},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            FirmRole.objects.create(**given, **wrong, appointed_by=boss.id)


def test_who_has_a_role_in_a_firm_acts_for_it_until_the_role_ends(folk: Folk, boss: Any, worker: Any) -> None:
    role = register(folk, boss)
    assert not Mandate.objects.filter(principal_firm=role.firm_id).exists()  # nothing until a clerk has seen it
    confirm(folk, role)
    own = Mandate.objects.get(principal_firm=role.firm_id)
    assert own.accepted and own.matters == [] and own.agent_person_id == role.person_id
    appointed = appoint(folk, role.firm_id, boss)
    given = Mandate.objects.get(principal_firm=role.firm_id, agent_person=appointed.person_id)
    assert given.accepted is None and given.matters == ["11"] and given.ends == appointed.ends
    actions.end_role(appointed.pk, "不再委托", by=boss, at=folk.city.now)
    given.refresh_from_db()
    own.refresh_from_db()
    assert given.revoked and own.revoked is None
