"""What every package that keeps data about people plugs in."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Protocol

from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.privacy.rules.holdings import About, Destroyed, Mark, Owner, Record


class Holding(Protocol):
    """One kind of data about people."""

    about: About

    def records(self, owner: Owner, at: datetime) -> Iterable[Record]:
        """Everything of this kind that is kept of somebody, and what of it must stay at `at`."""

    def destroy(self, owner: Owner, *, only: Collection[str] | None = None, by: Actor, at: datetime) -> Destroyed:
        """Destroy what of somebody's need not stay; with `only`, exactly the records with these keys, again.

        Done a second time it changes nothing: a job that died is run anew.
        """

    def expire(self, after: Mark | None, before: datetime, limit: int, *, by: Actor, at: datetime) -> Destroyed:
        """Destroy up to `limit` records that began to be kept before `before`, going on behind `after`.

        Where the answer's `upto` is None nothing was left to look at.
        """

    def due(self, before: datetime) -> int:
        """How many records have been kept long enough, counted up to `MANY`; nothing is changed."""


MANY = 10_000
"""More that are due than this are not told apart."""

holdings: dict[str, Holding] = {}
"""Code of the kind → what keeps it, in the order in which people are shown it. Filled in `main/wiring.py`."""
