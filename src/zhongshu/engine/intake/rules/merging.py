"""Two pages of one draft: what each has changed comes together, and what both have changed is asked about. Pure.

A save says on which revision it is based. The revisions before the present one are kept as what each has replaced, so a
save can be compared with the page that it was typed on: a three-way merge, question by question.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from zhongshu.engine.intake.rules import typed as drafts
from zhongshu.engine.intake.rules.typed import Typed

MOST_BACK = 20
MOST_BYTES_BACK = 200_000
MOST_DISPUTED = 5
_UNKNOWN = object()


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft's answers at a revision.

    `back` is what each of the last revisions has replaced, newest first (None: nothing was there). `disputed` are the
    values of a question that were typed on another page and not taken: they stay until somebody chooses.
    """

    revision: int = 0
    answers: Typed = field(default_factory=dict)
    back: tuple[Typed, ...] = ()
    disputed: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)

    def at(self, revision: int) -> Typed | None:
        """The answers as they were at a revision; None for one that is too long ago or was never."""
        steps = self.revision - revision
        if not 0 <= steps <= len(self.back):
            return None
        answers = dict(self.answers)
        for replaced in self.back[:steps]:
            answers.update(replaced)
        return {path: value for path, value in answers.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Dispute:
    """A question that two pages have answered differently: what is kept, and what this page has typed."""

    path: str
    theirs: Any
    mine: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """What comes of a save: the draft after it, what both pages changed, and what only the other one changed."""

    kept: Kept
    disputes: tuple[Dispute, ...] = ()
    news: Typed = field(default_factory=dict)


def merge(kept: Kept, base: int, typed: Typed, chosen: Collection[str] = ()) -> Merged:
    """Bring what a page has typed, based on revision `base`, together with what is kept.

    Only the paths in `typed` were on the page; the others stay. A path among `chosen` is one that the person has
    decided: it is taken as typed, or stays as it is where nothing was, and is no longer disputed. What is typed a
    second time changes nothing.
    """
    before = kept.at(base)
    taken: dict[str, Any] = {}
    disputes, news = list[Dispute](), dict[str, Any]()
    for path, mine in typed.items():
        theirs = kept.answers.get(path)
        was = before.get(path) if before is not None else _UNKNOWN
        if mine == theirs and _alike(mine, theirs):
            continue
        if path in chosen or (_untouched(theirs, was) and path not in kept.disputed):
            taken[path] = mine
        elif _untouched(mine, was):
            news[path] = theirs
        else:
            disputes.append(Dispute(path, theirs, mine))
    return Merged(_after(kept, taken, disputes, chosen), tuple(disputes), news)


def _untouched(now: Any, was: Any) -> bool:
    """Whether an answer is as it was; one left blank where nothing was is, for a page sends blanks too."""
    return bool(now == was) or (was is None and now == "")


def _alike(one: Any, other: Any) -> bool:
    """Whether two equal values are written alike: 1 equals true, and is not the same answer."""
    return type(one) is type(other)


def _after(kept: Kept, taken: Typed, disputes: list[Dispute], decided: Collection[str]) -> Kept:
    disputed = {path: values for path, values in kept.disputed.items() if path not in decided}
    for one in disputes:
        others = [value for value in disputed.get(one.path, ()) if value != one.mine]
        disputed[one.path] = (*others, one.mine)[-MOST_DISPUTED:]
    if not taken and disputed == dict(kept.disputed):
        return kept
    answers = {path: value for path, value in {**kept.answers, **taken}.items() if value is not None}
    replaced = {path: kept.answers.get(path) for path in taken}
    return Kept(kept.revision + 1, answers, _bounded((replaced, *kept.back)), disputed)


def replace(kept: Kept, answers: Typed) -> Kept:
    """The draft with other answers altogether, as they fit a newer form; what they replaced is kept behind them."""
    now = {path: value for path, value in answers.items() if value is not None}
    paths = {path for path in (*kept.answers, *now) if kept.answers.get(path) != now.get(path)}
    if not paths:
        return kept
    replaced = {path: kept.answers.get(path) for path in sorted(paths)}
    return Kept(kept.revision + 1, now, _bounded((replaced, *kept.back)), dict(kept.disputed))


def _bounded(back: tuple[Typed, ...]) -> tuple[Typed, ...]:
    """As many revisions as are kept: twenty, and no more than a draft's own size of them."""
    total, most = 0, 0
    for replaced in back[:MOST_BACK]:
        total += drafts.size(replaced)
        if total > MOST_BYTES_BACK:
            break
        most += 1
    return back[:most]
