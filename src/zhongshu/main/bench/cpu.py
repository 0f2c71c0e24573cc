"""CPU time of the processes under measurement."""

from collections.abc import Iterable, Mapping

import psutil
import psycopg


def backends(url: str) -> list[int]:
    """The server processes of connections to the database at `url`: not the asking one, nor the database's cleaners."""
    with psycopg.connect(url, autocommit=True) as connection:
        rows = connection.execute(
            """SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
               AND backend_type <> 'autovacuum worker'"""
        ).fetchall()
    return [pid for (pid,) in rows]


def family(pid: int) -> list[int]:
    """A process and its descendants."""
    process = psutil.Process(pid)
    return [pid, *(child.pid for child in process.children(recursive=True))]


def clocks(pids: Iterable[int]) -> dict[int, float]:
    """User and system seconds that each of the living processes has used so far."""
    found = {}
    for pid in pids:
        try:
            times = psutil.Process(pid).cpu_times()
        except psutil.NoSuchProcess:
            continue
        found[pid] = times.user + times.system
    return found


def seconds(pids: Iterable[int]) -> float:
    """User and system seconds that living processes have used so far."""
    return sum(clocks(pids).values())


def since(before: Mapping[int, float], pids: Iterable[int]) -> float:
    """Seconds the processes that live now have used since `before`; one that was not there counts from its birth.

    A server's threads come and go with its load, and with each the backend of its connection.
    """
    return sum(now - before.get(pid, 0.0) for pid, now in clocks(pids).items())
