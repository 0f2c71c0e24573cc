"""What the scheduler does, and how often."""

import time
from collections.abc import Callable, Iterator
from functools import partial

from django.core.management import call_command

from zhongshu.base.calendar import clock
from zhongshu.base.http import limits
from zhongshu.base.jobs import actions as jobs
from zhongshu.base.journal import jobs as journal
from zhongshu.base.journal.actions import growing
from zhongshu.base.journal.actions import signing as checkpoints
from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.dispatch import actions as dispatch
from zhongshu.engine.dispatch.actions import tracks
from zhongshu.main import wiring, years
from zhongshu.registers.identity import actions as identity
from zhongshu.registers.identity.actions import keys, leaving
from zhongshu.registers.people import actions as people
from zhongshu.registers.privacy.actions import expiring

HOUR, DAY = 3_600.0, 86_400.0
A_MOMENT = 0.25
Turn = Callable[[], int]
"""Does what is due and returns how much that was."""


def rounds() -> tuple[Turn, ...]:
    """The turns of a round: the journal's tree and its readers always, timers every second, alarms, lapses and jobs of
    dead workers every five, waiting tasks every ten, the tree's signature and sessions that ended every minute, counts
    of uses, signing keys and spent codes hourly, old sessions, calendar, ending keys, old ways, unconfirmed grants and
    what was kept long enough daily.
    """
    return (
        growing.grow,
        *_readers(),
        _every(1.0, lambda: cases.fire_due_timers(clock.now())),
        _every(5.0, lambda: cases.raise_alarms(clock.now())),
        _every(5.0, lambda: cases.lapse_supplements(clock.now())),
        _every(10.0, lambda: dispatch.plan_together(clock.now())),
        _every(jobs.HEARTBEAT, jobs.retake),
        _every(60.0, lambda: checkpoints.sign(clock.now())),
        _every(60.0, lambda: leaving.look_after(clock.now())),
        _every(HOUR, lambda: limits.forget(clock.now())),
        _every(HOUR, lambda: leaving.forget(clock.now())),
        _every(HOUR, lambda: keys.keep(clock.now())),
        _every(DAY, _forget_sessions),
        _every(DAY, lambda: identity.sessions.forget(clock.now())),
        _every(DAY, _keep_calendar),
        _every(DAY, lambda: people.warn_of_ending_keys(by=SYSTEM, at=clock.now())),
        _every(DAY, lambda: tracks.forget(clock.now())),
        _every(DAY, lambda: people.end_unreviewed(clock.now())),
        _every(DAY, lambda: expiring.run(at=clock.now())),
    )


def _readers() -> Iterator[Turn]:
    """Every reaction, and between them the tree: new entries get their place while readers are behind."""
    place = _every(A_MOMENT, growing.grow)
    for name, reaction in wiring.REACTIONS.items():
        yield partial(journal.run_once, {name: reaction})
        yield place


def _forget_sessions() -> int:
    """Drop the sessions that are over."""
    call_command("clearsessions")
    return 0


def _keep_calendar() -> int:
    """This year and the next, official as soon as they are announced."""
    now = clock.now()
    return years.keep((now.year, now.year + 1), at=now)


def _every(seconds: float, turn: Turn) -> Turn:
    due = 0.0

    def look() -> int:
        nonlocal due
        if time.monotonic() < due:
            return 0
        due = time.monotonic() + seconds
        return turn()

    return look
