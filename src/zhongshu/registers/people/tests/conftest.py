"""Who administers what, in stories of bodies and staff."""

from typing import Any

import pytest

from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.registers.people import actions, queries
from zhongshu.registers.people.models import Body


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
