"""`./run scheduler`: reactions, timers and jobs of dead workers, one part of the platform."""

import argparse
import logging
import time
from collections.abc import Callable

SUMMARY = (
    "只启动调度进程（反应、定时、回收）。",
    "Start the scheduler only: reactions, timers, retaken jobs.",
)
IDLE = 0.25
log = logging.getLogger(__name__)


def arguments(parser: argparse.ArgumentParser) -> None:
    """`--once` does what is due now and ends."""
    parser.add_argument("--once", action="store_true", help="只做一遍 / do what is due now and end")


def run(options: argparse.Namespace) -> int:
    """Looks round until told to stop."""
    from zhongshu.main import schedule

    rounds = schedule.rounds()
    while True:
        busy = sum(_safely(turn) for turn in rounds)
        if options.once and not busy:
            return 0
        if not busy:
            time.sleep(IDLE)


def _safely(turn: Callable[[], int]) -> int:
    """One turn; a lost database is waited for, anything else is told and tried again."""
    from django.db import InterfaceError, OperationalError, close_old_connections

    try:
        close_old_connections()
        return turn()
    except (InterfaceError, OperationalError) as problem:
        log.warning("the scheduler waits for the database: %s", str(problem).strip())
        time.sleep(1)
        return 0
    except Exception:
        log.exception("the scheduler stumbled and goes on")
        time.sleep(1)
        return 0
