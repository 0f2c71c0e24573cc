"""Questions about bodies and people."""

from zhongshu.registers.people.queries.accounts import (
    actor,
    cell_officers,
    devices,
    heads,
    holders,
    names,
    of_session,
    shown_names,
)  # fmt: skip
from zhongshu.registers.people.queries.bodies import bodies_under, body_name, called, lineage, reach, subtree, tree
from zhongshu.registers.people.queries.colleagues import colleagues, official, officials
from zhongshu.registers.people.queries.keys import digest, key_holder

__all__ = [
    "actor", "bodies_under", "body_name", "called", "cell_officers", "colleagues", "devices", "digest", "heads",
    "holders", "key_holder", "lineage", "names", "of_session", "official", "officials", "reach", "shown_names",
    "subtree", "tree",
]  # fmt: skip
