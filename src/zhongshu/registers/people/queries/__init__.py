"""Questions about bodies and people; about persons, firms and looks in the modules of these names."""

from zhongshu.registers.people.queries.accounts import (
    actor,
    cell_officers,
    devices,
    heads,
    holders,
    names,
    of_session,
    shown_names,
)
from zhongshu.registers.people.queries.bodies import bodies_under, body_name, called, lineage, reach, subtree, tree
from zhongshu.registers.people.queries.burdened import burdens as body_burdens
from zhongshu.registers.people.queries.burdened import consequences, living_grants
from zhongshu.registers.people.queries.colleagues import colleagues, official, officials
from zhongshu.registers.people.queries.keys import digest, key_holder, permissions_of
from zhongshu.registers.people.queries.managing import (
    BODIES,
    KEYS,
    STAFF,
    managed,
    managed_account,
    managed_body,
    managed_ids,
    manages,
    reach_of_body,
    tops,
)  # fmt: skip
from zhongshu.registers.people.queries.mandates import PARTIES, whose
from zhongshu.registers.people.queries.staff import find_staff, grants_of, permissions_held, staff_of, tied_grants

__all__ = [
    "BODIES", "KEYS", "PARTIES", "STAFF", "actor", "bodies_under", "body_burdens", "body_name", "called",
    "cell_officers", "colleagues", "consequences", "devices", "digest", "find_staff", "grants_of", "heads", "holders",
    "key_holder", "lineage", "living_grants", "managed", "managed_account", "managed_body", "managed_ids", "manages",
    "names", "of_session", "official", "officials", "permissions_held", "permissions_of", "reach", "reach_of_body",
    "shown_names", "staff_of", "subtree", "tied_grants", "tops", "tree", "whose",
]  # fmt: skip
