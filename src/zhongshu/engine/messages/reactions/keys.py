"""Telling those who manage the keys of a system that one of them ends soon."""

from zhongshu.base.journal.rules import Read
from zhongshu.base.permissions.roles import ROLES
from zhongshu.engine.messages import actions
from zhongshu.registers.people import queries as people

ENDING = frozenset({"people.key_ending"})
MANAGE_KEYS = "keys.manage"
MOST_TOLD = 50
"""People told of one key; more means that nobody is in charge."""


def tell(entry: Read) -> None:
    """Send the message of a key that ends, once to each who manages the keys of its system."""
    facts = {"holder": entry.facts["holder"], "name": entry.facts["name"], "expires": entry.facts["expires"][:10]}
    roles = [code for code, role in ROLES.items() if MANAGE_KEYS in role.permissions]
    told = {str(one.pk) for role in roles for one in people.holders(role, entry.reach, entry.at)[:MOST_TOLD]}
    for account in sorted(told)[:MOST_TOLD]:
        actions.send("key.ending", facts, key=f"{entry.id}:key.ending:{account}", account=account, at=entry.at)
