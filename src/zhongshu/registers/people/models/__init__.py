"""Bodies, accounts, persons and firms, grants, grid officers and keys."""

from zhongshu.registers.people.models.accounts import Account, Accounts
from zhongshu.registers.people.models.bodies import Body
from zhongshu.registers.people.models.firms import FirmRole
from zhongshu.registers.people.models.grants import CellOfficer, Grant, GrantReview
from zhongshu.registers.people.models.keys import ApiKey, KeyUse
from zhongshu.registers.people.models.looks import Look, Sitting
from zhongshu.registers.people.models.mandates import Mandate
from zhongshu.registers.people.models.merging import PersonMerge, Twin
from zhongshu.registers.people.models.parties import Firm, Person

__all__ = [
    "Account", "Accounts", "ApiKey", "Body", "CellOfficer", "Firm", "FirmRole", "Grant", "GrantReview", "KeyUse",
    "Look", "Mandate", "Person", "PersonMerge", "Sitting", "Twin",
]  # fmt: skip
