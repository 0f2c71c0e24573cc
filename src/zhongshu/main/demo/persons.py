"""Residents of the demo city: who was seen at the counter, who acts for a firm, and who looked at whose data."""

from datetime import datetime, timedelta
from uuid import UUID

from zhongshu.base.calendar import clock
from zhongshu.base.permissions.rules import SYSTEM, Actor
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries import ties
from zhongshu.main.demo.accounts import PASSWORD
from zhongshu.registers.people import actions as people
from zhongshu.registers.people import queries
from zhongshu.registers.people.models import Account
from zhongshu.registers.people.queries import persons

RESIDENTS = (
    ("resident", "林晓舟", "13900000001", "99010219861103102X"),
    ("agent", "许文静", "13900000012", "990102199207190031"),
    ("newcomer", "周新", "13900000013", ""),
)
"""Login, name, phone, and the number of the card a clerk saw, if one did; no region of China begins with 99."""
FIRM = ("91990102MA0YTQH0KR", "云汀青禾环境服务有限公司")
LOOKED_AT = 3
YEAR = timedelta(days=365)


def settle(at: datetime) -> None:
    """Residents with accounts; two were seen at the counter, one of them represents a firm and sends the other."""
    counter = _actor("counter", at)
    for login, name, phone, number in RESIDENTS:
        people.open_account(login, name, "resident", PASSWORD, phone=phone, by=SYSTEM, at=at)
        if number:
            (found,) = people.find_person(name=name, phone=phone, by=counter, at=at)
            people.verify_in_person(found.pk, "resident_id", number, name, "original", by=counter, at=at)
    boss = _actor("resident", at)
    role = people.register_firm(*FIRM, by=boss, at=at)
    people.confirm_representative(role.pk, FIRM[1], "original", by=counter, at=at)
    _, name, phone, _ = RESIDENTS[1]
    people.appoint_agent(role.firm_id, name, phone, ["11", "13"], at, at + YEAR, by=boss, at=at)


def look(at: datetime) -> None:
    """Somebody called the resident back about some matters, and a clerk printed a form for them."""
    acceptor, counter = _actor("acceptor", at), _actor("counter", at)
    login, name, phone, _ = RESIDENTS[0]
    resident = _actor(login, at)
    told = ties.told_by([UUID(resident.id)], by=acceptor, at=at)
    for number, row in enumerate(told[:LOOKED_AT]):
        moment = at - timedelta(hours=number + 2)
        with clock.at(moment):
            cases.reveal_contact(row.id, "回访核实现场位置", by=acceptor, at=moment)
    (found,) = people.find_person(name=name, phone=phone, by=counter, at=at)
    people.show_identity(found.pk, "service", "打印办件回执", by=counter, at=at)
    if own := persons.of_account(resident.id):
        people.show_identity(own.pk, "", by=resident, at=at)


def _actor(login: str, at: datetime) -> Actor:
    found = queries.actor(Account.objects.get(login=login).pk, at)
    assert found is not None, login
    return found
