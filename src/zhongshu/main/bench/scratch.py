"""A database for one measurement, and a line that says how far it is."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection, connections
from psycopg.conninfo import conninfo_to_dict

_NAMES = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


@contextmanager
def moved_to(url: str) -> Iterator[None]:
    """This process works on the empty database at `url`, its tables made; then goes back."""
    from zhongshu.base.journal import caches

    before = dict(connection.settings_dict)
    connections.close_all()
    connection.settings_dict.update({_NAMES[k]: str(v) for k, v in conninfo_to_dict(url).items() if k in _NAMES})
    caches.forget_all()
    try:
        call_command("migrate", interactive=False, verbosity=0)
        yield
    finally:
        connections.close_all()
        connection.settings_dict.update(before)
        caches.forget_all()


def progress(done: int, total: int) -> None:
    """A bar on the error stream, drawn anew a hundred times at most."""
    if done == total or done % max(total // 100, 1) == 0:
        filled = 40 * done // max(total, 1)
        print(
            f"\r[{'#' * filled}{'.' * (40 - filled)}] {done:,}/{total:,}",
            end="\n" if done == total else "",
            file=sys.stderr,
            flush=True,
        )
