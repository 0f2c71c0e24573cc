"""What others tell of themselves: where they keep sealed text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sealed:
    """A column of text sealed `about` a use; `mark` is the column of its keyed hash about the same, if it has one.

    The table has a column `id`.
    """

    table: str
    column: str
    about: str
    mark: str = ""


columns: list[Sealed] = []
"""Every such column; filled in `main/wiring.py`."""
