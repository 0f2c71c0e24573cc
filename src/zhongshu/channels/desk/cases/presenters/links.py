"""The cases tied to a case, in words, and whether the visitor may tie and untie."""

from dataclasses import dataclass
from datetime import datetime

from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.channels.presenters import names
from zhongshu.engine.cases.actions.merging import MERGE
from zhongshu.engine.cases.queries import links as ties
from zhongshu.engine.cases.queries.links import Tied
from zhongshu.engine.cases.queries.one import View
from zhongshu.engine.cases.rules.links import KINDS


@dataclass(frozen=True, slots=True)
class Shown:
    """A tied case, and in words how it is tied."""

    tied: Tied
    how: str
    title: str


@dataclass(frozen=True, slots=True)
class Links:
    """The ties the visitor may see, whether they may make some, and the kinds there are."""

    shown: list[Shown]
    may: bool
    kinds: list[tuple[str, str]]


def links(found: View, by: Actor, at: datetime) -> Links:
    """All of it, in one statement."""
    mine = any(task.assignee and str(task.assignee) == by.id for task in found.open_tasks)
    tied = ties.of_case(found.row.id, by, at)
    return Links(
        shown=[Shown(one, _how(one), names.category(one.row.category, one.row.title)) for one in tied],
        may=mine or permissions.may(by, MERGE, found.reach, at),
        kinds=[(code, names.local(kind)) for code, kind in KINDS.items()],
    )


def _how(tied: Tied) -> str:
    kind, english = KINDS[tied.kind], names.language() == "en"
    if tied.own:
        return kind.name_en if english else kind.name
    return kind.back_en if english else kind.back
