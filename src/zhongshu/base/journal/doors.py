"""What others may plug into the journal."""

from collections.abc import Callable
from dataclasses import dataclass

from zhongshu.base.journal.rules.entries import Read


@dataclass(frozen=True, slots=True)
class Reaction:
    """Something that happens because of entries: the `verbs` it listens to and what it does with each.

    `act` must be idempotent: after a crash the same entry comes again.
    """

    verbs: frozenset[str]
    act: Callable[[Read], None]
