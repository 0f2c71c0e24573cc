"""Who administers what, and what the stories of persons and firms begin with."""

from typing import Any

import pytest

from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.registers.people import actions, doors, queries
from zhongshu.registers.people.models import Body
from zhongshu.registers.people.tests.folk import Folk, Register


@pytest.fixture
def root(city: Any) -> Body:
    return Body.objects.get(parent=None)


@pytest.fixture
def district_admin(city: Any, root: Body) -> Any:
    """An administrator of one district's bodies alone."""
    district = Body.objects.filter(parent=root, kind="government").order_by("pk")[0]
    account = actions.open_staff("districtadmin", "区管理员", "", district.pk, by=SYSTEM, at=city.now)
    actions.give_grant(account, "administrator", body=district, by=SYSTEM, at=city.now)
    return queries.actor(account.pk, city.now)


@pytest.fixture
def plugged(monkeypatch: pytest.MonkeyPatch) -> Any:
    """`plugged(known, reachable=True)`: a population register is plugged in."""

    def plug(known: dict[str, str], reachable: bool = True) -> None:
        monkeypatch.setattr(doors.registers, "population", Register(known, reachable))

    return plug


@pytest.fixture
def folk(city: Any) -> Folk:
    """Ways to people of the demo city."""
    return Folk(city)
