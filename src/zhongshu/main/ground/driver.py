"""Whole numbers to the database: how the driver writes lists of them."""

from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg.abc import Buffer
from psycopg.adapt import Dumper, PyFormat
from psycopg.types.array import ListDumper


class _Numbers(Dumper):
    """A flat list of whole numbers as `bigint[]`."""

    oid = psycopg.adapters.types["int8"].array_oid

    def dump(self, obj: Sequence[int]) -> Buffer:
        return b"{%s}" % ",".join(map(str, obj)).encode()


class _Lists(ListDumper):
    """Lists, those of whole numbers quickly: codes of places and bodies go with every statement.

    The driver's own looks at each member three times, and picks the narrowest type for the greatest of them, so that
    one statement is prepared once for each width.
    """

    def get_key(self, obj: list[Any], format: PyFormat) -> Any:
        return _Numbers if _numbers(obj) else super().get_key(obj, format)

    def upgrade(self, obj: list[Any], format: PyFormat) -> Any:
        return _Numbers(self.cls, self._tx) if _numbers(obj) else super().upgrade(obj, format)


def _numbers(values: list[Any]) -> bool:
    return bool(values) and set(map(type, values)) == {int}


def quicken() -> None:
    """Let every connection opened from now on write lists this way."""
    psycopg.adapters.register_dumper(list, _Lists)
