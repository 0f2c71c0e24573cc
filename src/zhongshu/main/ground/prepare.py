"""Builds what is built from source at set-up: the pages' scripts and styles, and the English texts."""

import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from zhongshu.main.ground import console, front_end, places, texts


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Texts and packages lie in the checkout, whatever folder is written to: whoever is second waits."""
    checkout = os.open(places.REPOSITORY, os.O_RDONLY)
    try:
        fcntl.flock(checkout, fcntl.LOCK_EX)
        yield
    finally:
        os.close(checkout)


def main() -> int:
    """Brings everything built up to date, one at a time; quick when it already is."""
    try:
        with _one_at_a_time():
            texts.compile_all()
            front_end.build()
    except console.Trouble as trouble:
        console.complain(trouble)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
