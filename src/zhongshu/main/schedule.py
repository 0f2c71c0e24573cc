"""What the scheduler does, and how often."""

import time
from collections.abc import Callable

from zhongshu.base.calendar import clock
from zhongshu.base.jobs import actions as jobs
from zhongshu.base.journal import jobs as journal
from zhongshu.engine.cases import actions as cases
from zhongshu.main import wiring

Turn = Callable[[], int]
"""Does what is due and returns how much that was."""


def rounds() -> tuple[Turn, ...]:
    """The turns of one look round: reactions always, timers every second, dead workers' jobs every five."""
    return (
        lambda: journal.run_once(wiring.REACTIONS),
        _every(1.0, lambda: cases.fire_due_timers(clock.now())),
        _every(jobs.HEARTBEAT, jobs.retake),
    )


def _every(seconds: float, turn: Turn) -> Turn:
    due = 0.0

    def look() -> int:
        nonlocal due
        if time.monotonic() < due:
            return 0
        due = time.monotonic() + seconds
        return turn()

    return look
