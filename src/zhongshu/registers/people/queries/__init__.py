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
from zhongshu.registers.people.queries.colleagues import colleagues, official, officials
from zhongshu.registers.people.queries.keys import digest, key_holder
from zhongshu.registers.people.queries.mandates import PARTIES, whose

__all__ = [
    "PARTIES", "actor", "bodies_under", "body_name", "called", "cell_officers", "colleagues", "devices", "digest",
    "heads", "holders", "key_holder", "lineage", "names", "of_session", "official", "officials", "reach", "shown_names",
    "subtree", "tree", "whose",
]  # fmt: skip
