"""Telling officials what became of the roles they hold."""

from zhongshu.base.journal.rules.entries import Read
from zhongshu.base.permissions.roles import ROLES
from zhongshu.engine.messages import actions
from zhongshu.registers.people import queries as people

GRANTS = {
    "people.grant_given": "grant.given", "people.grant_lent": "grant.lent", "people.grant_ended": "grant.ended",
    "people.grant_lapsed": "grant.lapsed",
}  # fmt: skip
TELLING = frozenset(GRANTS)


def tell(entry: Read) -> None:
    """Tell whoever holds a grant what became of it; somebody's own doing is no news to them."""
    if entry.actor == entry.subject:
        return
    role = ROLES.get(entry.facts.get("role", ""))
    who = people.names([entry.actor]).get(entry.actor, "")
    facts = {"role": role.name if role else "", "role_en": role.name_en if role else "", "who": who}
    template = GRANTS[entry.verb]
    actions.send(template, facts, key=f"{entry.id}:{template}:{entry.subject}", account=entry.subject, at=entry.at)
