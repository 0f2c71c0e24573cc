"""What each body would have had to do: its events by the table as it is, and by the table as it would be."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from zhongshu.engine.dispatch.rules.simulation.past import Happened
from zhongshu.engine.dispatch.rules.trial import Decided

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Load:
    """A body's events before a change and after it."""

    body: int
    before: tuple[Happened, ...]
    after: tuple[Happened, ...]

    @property
    def events(self) -> tuple[Happened, ...]:
        """All of both; some twice."""
        return self.before + self.after

    def since(self, moment: datetime) -> "Load":
        """Those from a moment on."""
        newer = (tuple(one for one in part if one.at >= moment) for part in (self.before, self.after))
        return Load(self.body, *newer)


def loads(
    bodies: Iterable[int], own: Sequence[Happened], tried: Sequence[Happened], found: Iterable[Decided]
) -> list[Load]:
    """The load of each body: of the events that were tried those the tables give it, of all others those it had."""
    decided = {one.event.number: one for one in found}
    had = [one for one in own if one.case not in decided]
    return [
        Load(
            body,
            tuple(
                one for one in (*had, *tried) if (decided[one.case].before if one.case in decided else one.body) == body
            ),
            tuple(
                one for one in (*had, *tried) if (decided[one.case].after if one.case in decided else one.body) == body
            ),
        )
        for body in bodies
    ]


def newest_days(found: Sequence[Load], until: datetime, since: datetime, most: int) -> list[Load]:
    """The loads of the newest whole days before `until`, none before `since`, as long as they are no more than `most`
    events on the average of before and after.
    """
    first = until
    while first - DAY >= since and sum(len(load.since(first - DAY).events) for load in found) <= 2 * most:
        first -= DAY
    return [load.since(first) for load in found]
