"""Telling those who manage a connected system's keys that one of them ends soon."""

from zhongshu.base.journal.rules.entries import Read
from zhongshu.engine.messages import actions
from zhongshu.registers.people import queries as people

TELLING = frozenset({"people.key_ending"})
MANAGE = "keys.manage"
MOST_TOLD = 50
"""People told of one key; more means that nobody is in charge."""


def tell(entry: Read) -> None:
    """Tell each of them once, with the day it ends."""
    facts = {"holder": entry.facts["holder"], "name": entry.facts["name"], "expires": entry.facts["expires"][:10]}
    for account in people.in_charge(MANAGE, entry.reach, entry.at)[:MOST_TOLD]:
        actions.send("key.ending", facts, key=f"{entry.id}:key.ending:{account}", account=account, at=entry.at)
