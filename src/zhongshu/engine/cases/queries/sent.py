"""What was sent before: an entry says under which key of its sender it came."""

from uuid import UUID

from zhongshu.base.http.refusals import Conflict
from zhongshu.base.journal import queries as journal
from zhongshu.base.permissions.rules import Actor


class Repeated(Conflict):
    """The same act was taken before: nothing is done again, and whoever sent it twice may rest."""


def before(case_id: UUID, key: str, by: Actor) -> bool:
    """Whether this actor's act of this key is on the case already. Reads the entries of one case."""
    if not key:
        return False
    entries = journal.trace("case", str(case_id))
    return any(entry.actor == by.id and entry.facts.get("key") == key for entry in entries)


def once(case_id: UUID, key: str, by: Actor) -> None:
    """Repeated when the act was taken before. Under the lock of the case this cannot change meanwhile."""
    if before(case_id, key, by):
        raise Repeated("这一步此前已经提交成功，不会重复办理。")
