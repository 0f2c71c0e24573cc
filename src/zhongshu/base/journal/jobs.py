"""The background door: runs reactions, each behind its own cursor on the journal: at least once, in order."""

import logging
from collections.abc import Mapping

from django.db import connection, transaction

from zhongshu.base.journal import queries
from zhongshu.base.journal.actions import cursors
from zhongshu.base.journal.doors import Reaction
from zhongshu.base.journal.rules.entries import Read

log = logging.getLogger(__name__)
BATCH = 500
ATTEMPTS = 5


def run_once(reactions: Mapping[str, Reaction]) -> int:
    """Let every reaction take one batch. Returns how many entries were passed; 0 means all are up to date."""
    return sum(_advance(name, reaction) for name, reaction in reactions.items())


def _advance(name: str, reaction: Reaction) -> int:
    with transaction.atomic():
        place = cursors.locked(name)
        if place is None:
            return 0
        entries = queries.after(place, BATCH)
        passed = 0
        for entry in entries:
            if entry.verb in reaction.verbs and not _taken(name, reaction, entry):
                break
            place, passed = entry.place, passed + 1
        if passed:
            cursors.move(name, place)
            _settle(name, [entry.id for entry in entries[:passed]])
        return passed


def _taken(name: str, reaction: Reaction, entry: Read) -> bool:
    """Act on the entry; on failure keep the setback and say whether to go on without it."""
    try:
        with transaction.atomic():
            reaction.act(entry)
    except Exception as problem:
        log.exception("reaction %s failed on entry %s", name, entry.id)
        return _note_setback(name, entry, f"{type(problem).__name__}: {problem}"[:500]) >= ATTEMPTS
    return True


def _settle(name: str, passed: list[int]) -> None:
    """What was taken after all is no setback any more; what was given up stays one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE journal_setback SET settled = true WHERE reader = %s AND entry = ANY(%s) AND attempts < %s",
            [name, passed, ATTEMPTS],
        )


def _note_setback(name: str, entry: Read, problem: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO journal_setback AS s (reader, entry, attempts, problem, at, settled)
               VALUES (%s, %s, 1, %s, %s, false)
               ON CONFLICT (reader, entry) DO UPDATE SET attempts = s.attempts + 1, problem = excluded.problem
               RETURNING attempts""",
            [name, entry.id, problem, entry.at],
        )
        return cursor.fetchone()[0]
