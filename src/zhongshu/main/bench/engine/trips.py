"""What goes between this process and its database: statements, and how often one waits for an answer."""

import itertools
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection
from psycopg import pq

_STATEMENTS = ("Query", "Execute")
"""Messages of the protocol that run a statement: at once, or one prepared before."""


@dataclass(slots=True)
class Traffic:
    """Statements sent (BEGIN and COMMIT count), and round trips: turns from asking to being answered."""

    statements: int = 0
    round_trips: int = 0


@contextmanager
def counted() -> Iterator[Traffic]:
    """Counts what this thread's connection sends inside the block, in the driver's own record of messages."""
    connection.ensure_connection()
    found, wire = Traffic(), connection.connection.pgconn
    with tempfile.TemporaryFile("w+") as record:
        wire.trace(record.fileno())
        wire.set_trace_flags(pq.Trace.SUPPRESS_TIMESTAMPS)
        try:
            yield found
        finally:
            wire.untrace()
        record.seek(0)
        messages = [line.split("\t") for line in record if line.startswith(("F\t", "B\t"))]
    found.statements = sum(message[0] == "F" and message[2].strip() in _STATEMENTS for message in messages)
    found.round_trips = sum(side == "F" for side, _ in itertools.groupby(message[0] for message in messages))
