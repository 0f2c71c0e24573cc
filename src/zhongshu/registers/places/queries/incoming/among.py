"""Rows by many codes at once: as one array, where a parameter each would be more than PostgreSQL takes."""

from collections.abc import Iterable
from typing import Any

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL


def among(codes: Iterable[str], column: str = "code") -> Any:
    """The condition that a column is one of these codes; for `filter`, of a query of one table."""
    return RawSQL(f"{column} = ANY(%s::text[])", [sorted(codes)], output_field=BooleanField())
