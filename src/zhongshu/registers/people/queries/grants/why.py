"""Whom to ask for what one may not do."""

from collections.abc import Collection
from datetime import datetime

from zhongshu.base.permissions.roles import ROLES
from zhongshu.registers.people.models import Account
from zhongshu.registers.people.queries.accounts import holders
from zhongshu.registers.people.rules.grants import PROPOSE

FEW = 5


def to_ask(reach: Collection[int], at: datetime) -> list[Account]:
    """The people who may propose a grant over what lies under this reach, at most five."""
    roles = [code for code, role in ROLES.items() if PROPOSE in role.permissions]
    found = {account.pk: account for role in roles for account in holders(role, reach, at).order_by("pk")[:FEW]}
    return list(found.values())[:FEW]
