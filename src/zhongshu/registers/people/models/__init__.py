"""Bodies, accounts, persons and firms, grants, grid officers, keys and files taken in."""

from zhongshu.registers.people.models.accounts import Account, Accounts
from zhongshu.registers.people.models.bodies import Body
from zhongshu.registers.people.models.grants import CellOfficer, Grant
from zhongshu.registers.people.models.imports import Import, ImportRow
from zhongshu.registers.people.models.keys import ApiKey, KeyUse
from zhongshu.registers.people.models.parties import Firm, Person

__all__ = [
    "Account", "Accounts", "ApiKey", "Body", "CellOfficer", "Firm", "Grant", "Import", "ImportRow", "KeyUse", "Person",
]  # fmt: skip
